"""What a subject is told: a notice, written as a letter that answers eight questions in the subject's own language.

The sentences stand in `notice_words.yaml`, one table for each language; what an authority or a law says is passed on
in its own words, and never read as anything but text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goodstanding.errors import BadInput
from goodstanding.messages import Message, ProcedureMessage
from goodstanding.procedure.intervals import compute_last_day
from goodstanding.procedure.letters import Letter, LetterLine, LetterPart, Paragraph, clean_line, split_paragraphs
from goodstanding.procedure.notice_texts import ENGLISH, FactValue, NoticeSentences, choose_table_language


class NoticeKind(StrEnum):
    """What a subject is told of."""

    PROPOSAL = "proposal"
    DECISION = "decision"
    INTERIM = "interim"
    APPEAL_DECISION = "appeal-decision"
    DISPUTE_DECISION = "dispute-decision"
    REPAIR_DECISION = "repair-decision"
    WITHDRAWAL = "withdrawal"


_DECISIONS = tuple(kind for kind in NoticeKind if kind.value.endswith("decision"))


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A file in evidence: its name, its SHA-256 in hexadecimal, its size in bytes, and what it is."""

    name: str
    digest: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """An article that something rests on; `says` is what it says, `verified` whether it was compared with its text."""

    title: str
    article: str = ""
    says: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What a subject is told, before it is put into words.

    `reply_until`, `appeal_until` and `silence_until` are half-open, as in a case: the first day that is too late. A
    letter names the last day that is in time. `takes_effect` is the first day on which it binds, or that in words;
    `ends_on` the first day on which it binds no more. `silence_until` is the day from which the silence of the
    authority counts for the subject. `favourable` is whether the subject gets what it asked for, or is let go.
    `decided_by` is the human who proposed, decided or withdrew. `position` is the event of the ledger that is reported,
    `size` how many events there were, `checkpoint` the signed note. The rules' own words are in `rules_language`.
    """

    reference: str
    kind: NoticeKind
    day: date
    language: str
    subject_name: str
    subject_identifier: str
    office_name: str
    decided_by: str
    matter: str
    follows: tuple[str, ...] = ()
    laws: tuple[CitedLaw, ...] = ()
    file_number: str = ""
    facts: tuple[tuple[str, FactValue], ...] = ()
    reasons: str = ""
    evidence: tuple[Exhibit, ...] = ()
    takes_effect: date | str | None = None
    ends_on: date | None = None
    reply_until: date | None = None
    silence_until: date | None = None
    appeal_until: date | None = None
    appeal_to: str = ""
    how_to_answer: str = ""
    favourable: bool = False
    position: int | None = None
    size: int = 0
    checkpoint: str = ""
    demonstration: bool = False
    rules_language: str = ENGLISH


def write_letter(notice: Notice) -> Letter:
    """The letter that says a notice: in the subject's language where there is a table for it, else in English.

    Raises BadInput where it does not say what is meant, why, who says so, or until when a proposal can be answered.
    """
    _refuse_incomplete(notice)
    sentences = NoticeSentences(choose_table_language(notice.language), _list_gap_values(notice))
    return Letter(
        language=sentences("tag"),
        title=sentences("title", notice.kind),
        deadline=_write_deadline(sentences, notice),
        office_name=clean_line(notice.office_name),
        subject_name=clean_line(notice.subject_name),
        subject_identifier=clean_line(notice.subject_identifier),
        reference=clean_line(notice.reference),
        day=sentences.day(notice.day),
        written=notice.day.isoformat(),
        parts=tuple(
            LetterPart(sentences("heading", name), answer) for name, answer in _write_answers(sentences, notice)
        ),
        signed_by=clean_line(notice.decided_by),
        proof=_write_proof(sentences, notice),
        checkpoint=tuple(clean_line(line) for line in notice.checkpoint.splitlines()),
        labels={name: clean_line(text) for name, text in sentences.table["labels"].items()},
        caution=sentences("demonstration") if notice.demonstration else "",
    )


def _refuse_incomplete(notice: Notice) -> None:
    """Nothing, or BadInput for a notice that would leave the subject without an answer (charter articles 12 and 13)."""
    reasoned = notice.kind is NoticeKind.WITHDRAWAL or clean_line(notice.reasons)
    answerable = notice.kind is not NoticeKind.PROPOSAL or notice.reply_until
    ends = [day for day in (notice.reply_until, notice.appeal_until) if day]
    answers = {
        ProcedureMessage.NOTICE_WITHOUT_MATTER: clean_line(notice.matter),
        ProcedureMessage.NOTICE_WITHOUT_DECIDER: clean_line(notice.decided_by),
        ProcedureMessage.NOTICE_WITHOUT_REASONS: reasoned,
        ProcedureMessage.NOTICE_WITHOUT_REPLY_DAY: answerable,
        ProcedureMessage.NOTICE_WITHOUT_TIME: all(day > notice.day for day in ends),
    }
    for code, answer in answers.items():
        if not answer:
            raise BadInput(Message(code), where=notice.reference)


def _list_gap_values(notice: Notice) -> dict[str, str]:
    """What stands in the gaps of sentences."""
    return {
        "office": clean_line(notice.office_name),
        "subject": clean_line(notice.subject_name),
        "by": clean_line(notice.decided_by),
        "to": clean_line(notice.appeal_to),
    }


def _write_deadline(sentences: NoticeSentences, notice: Notice) -> str:
    if notice.reply_until:
        return sentences("answer", "until", day=sentences.day(compute_last_day(notice.reply_until)))
    if notice.appeal_until:
        return sentences("appeal", "until-nobody", day=sentences.day(compute_last_day(notice.appeal_until)))
    if notice.kind is NoticeKind.INTERIM and notice.ends_on:
        return sentences("from", "ends", day=sentences.day(compute_last_day(notice.ends_on)))
    return sentences("nothing") if _is_over(notice) else ""


def _write_answers(sentences: NoticeSentences, notice: Notice) -> Iterator[tuple[str, tuple[Paragraph, ...]]]:
    """The eight questions, by the name of their heading, each with its answer."""
    kind = notice.kind
    heading = kind.value if kind in (NoticeKind.PROPOSAL, NoticeKind.WITHDRAWAL) else "decision"
    yield "about", _wrap_sentences(sentences("about", kind))
    yield heading, _write_matter(sentences, notice, heading)
    yield "law", _write_laws(sentences, notice)
    yield "evidence", _write_evidence(sentences, notice)
    yield "from", _wrap_sentences(*_write_effect(sentences, notice))
    yield "answer", _wrap_sentences(*_write_reply_advice(sentences, notice))
    yield "appeal", _wrap_sentences(*_write_appeal_advice(sentences, notice))
    yield "silence", _wrap_sentences(*_write_silence(sentences, notice))


def _wrap_sentences(*sentences: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text) for text in sentences if text)


def _write_matter(sentences: NoticeSentences, notice: Notice, heading: str) -> tuple[Paragraph, ...]:
    is_freed = notice.favourable and notice.kind in _DECISIONS
    follows = () if is_freed else tuple(filter(None, map(clean_line, notice.follows)))
    measures = (
        Paragraph(sentences("follows", heading), points=follows) if follows else Paragraph(sentences("follows", "none"))
    )
    matter = _wrap_sentences(sentences.untranslated(notice.rules_language), *split_paragraphs(notice.matter))
    return *_write_outcome(sentences, notice), *matter, measures, *_wrap_sentences(sentences("by", notice.kind))


def _write_outcome(sentences: NoticeSentences, notice: Notice) -> tuple[Paragraph, ...]:
    """Which way a decision went; nothing where nothing was decided yet."""
    if notice.kind not in _DECISIONS:
        return ()
    return _wrap_sentences(sentences("outcome", notice.kind, "falls" if notice.favourable else "stands"))


def _write_laws(sentences: NoticeSentences, notice: Notice) -> tuple[Paragraph, ...]:
    if not notice.laws:
        return _wrap_sentences(sentences("law", "unneeded" if _is_over(notice) else "none"))
    laws = Paragraph(sentences("law", "some"), lines=tuple(_write_law(sentences, law) for law in notice.laws))
    return *_wrap_sentences(sentences.untranslated(notice.rules_language)), laws


def _write_law(sentences: NoticeSentences, law: CitedLaw) -> LetterLine:
    title, article = clean_line(law.title), clean_line(law.article)
    named = sentences("law", "article", title=title, article=article) if article else title
    return LetterLine(named, note=clean_line(law.says), caution="" if law.verified else sentences("law", "unchecked"))


def _write_evidence(sentences: NoticeSentences, notice: Notice) -> tuple[Paragraph, ...]:
    facts, reasons = tuple(_write_facts(sentences, notice)), split_paragraphs(notice.reasons)
    exhibits = tuple(_write_exhibit(sentences, exhibit) for exhibit in notice.evidence)
    return (
        *(_wrap_sentences(sentences.untranslated(notice.rules_language)) if notice.facts else ()),
        *([Paragraph(sentences("evidence", "facts"), pairs=facts)] if facts else []),
        *([Paragraph(sentences("evidence", "reasons"), quoted=reasons)] if reasons else []),
        Paragraph(sentences("evidence", "files" if exhibits else "none"), lines=exhibits),
    )


def _write_facts(sentences: NoticeSentences, notice: Notice) -> Iterator[tuple[str, str]]:
    if notice.file_number:
        yield sentences("evidence", "file-number"), clean_line(notice.file_number)
    for title, value in notice.facts:
        yield clean_line(title), sentences.fact(value)


def _write_exhibit(sentences: NoticeSentences, exhibit: Exhibit) -> LetterLine:
    kind = sentences.table["media"].get(exhibit.media_type, exhibit.media_type)
    note = sentences("evidence", "file", kind=clean_line(kind), size=sentences.size(exhibit.size))
    return LetterLine(clean_line(exhibit.name), note=note, code=f"SHA-256 {clean_line(exhibit.digest)}")


def _write_effect(sentences: NoticeSentences, notice: Notice) -> Iterator[str]:
    proposed, effect = notice.kind is NoticeKind.PROPOSAL, notice.takes_effect
    if proposed:
        yield sentences("from", "proposal")
    words = split_paragraphs(effect) if isinstance(effect, str) else ()
    if isinstance(effect, date):
        yield sentences("from", "proposed-day" if proposed else "day", day=sentences.day(effect))
    elif not words and not proposed:
        yield sentences("from", "none")
    yield from words
    if notice.ends_on:
        yield sentences("from", "ends", day=sentences.day(compute_last_day(notice.ends_on)))


def _write_reply_advice(sentences: NoticeSentences, notice: Notice) -> Iterator[str]:
    if notice.kind is NoticeKind.INTERIM and notice.reply_until is None:
        yield sentences.by_day("answer", notice.kind, notice.silence_until)
    elif notice.reply_until is None:
        yield sentences("answer", "appeal" if notice.appeal_until and not _is_over(notice) else "none")
    else:
        yield sentences("answer", "until", day=sentences.day(compute_last_day(notice.reply_until)))
        yield sentences("answer", "heard")
    yield from split_paragraphs(notice.how_to_answer)


def _write_appeal_advice(sentences: NoticeSentences, notice: Notice) -> Iterator[str]:
    named = "" if clean_line(notice.appeal_to) else "-nobody"
    if notice.kind in (NoticeKind.PROPOSAL, NoticeKind.INTERIM):
        yield sentences("appeal", f"{notice.kind}{named}")
    elif notice.appeal_until:
        yield sentences("appeal", f"until{named}", day=sentences.day(compute_last_day(notice.appeal_until)))
        yield sentences("appeal", "apart")
        yield sentences("appeal", "suspends") if notice.kind is NoticeKind.DECISION else ""
    else:
        yield sentences("appeal", "unneeded" if _is_over(notice) else "none")


def _write_silence(sentences: NoticeSentences, notice: Notice) -> Iterator[str]:
    if _is_over(notice):
        yield sentences("silence", "over")
        return
    if notice.reply_until:
        yield sentences("silence", "unanswered", day=sentences.day(notice.reply_until))
    elif notice.appeal_until:
        yield sentences("silence", "final", day=sentences.day(compute_last_day(notice.appeal_until)))
    if notice.kind in (NoticeKind.PROPOSAL, NoticeKind.INTERIM):
        yield sentences.by_day("silence", notice.kind, notice.silence_until)
    elif not notice.appeal_until:
        yield sentences("silence", "stays")
    if notice.ends_on and notice.kind is not NoticeKind.PROPOSAL:
        yield sentences("silence", "ends", day=sentences.day(compute_last_day(notice.ends_on)))


def _is_over(notice: Notice) -> bool:
    """Whether the subject has nothing left to fear from this case."""
    return notice.favourable or notice.kind is NoticeKind.WITHDRAWAL


def _write_proof(sentences: NoticeSentences, notice: Notice) -> Paragraph:
    if not notice.checkpoint:
        return Paragraph()
    size = sentences.count(notice.size)
    if notice.position is None:
        return Paragraph(sentences("proof", "size", size=size))
    return Paragraph(sentences("proof", "event", position=sentences.count(notice.position), size=size))
