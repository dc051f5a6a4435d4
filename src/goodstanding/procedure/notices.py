"""What a subject is told: a notice, written as a letter that answers eight questions in the subject's own language.

The sentences stand in `notice_words.yaml`, one table for each language; what an authority or a law says is passed on
in its own words, and never read as anything but text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from goodstanding.errors import BadInput
from goodstanding.procedure.letters import Letter, Line, Paragraph, Part, paragraphs, shown
from goodstanding.procedure.sentences import Sentences, language_of

_DAY = timedelta(days=1)
_KILO, _MEGA = 1_000, 1_000_000


class NoticeKind(StrEnum):
    """What a subject is told of."""

    PROPOSAL = "proposal"
    DECISION = "decision"
    INTERIM = "interim"
    APPEAL_DECISION = "appeal-decision"
    DISPUTE_DECISION = "dispute-decision"
    REPAIR_DECISION = "repair-decision"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A file in evidence: its name, its SHA-256 in hexadecimal, its size in bytes, and what it is."""

    name: str
    digest: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Law:
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
    `size` how many events there were, `checkpoint` the signed note.
    """

    reference: str
    kind: NoticeKind
    day: date
    language: str
    subject_name: str
    subject_identifier: str
    office_name: str
    decided_by: str
    what: str
    follows: tuple[str, ...] = ()
    laws: tuple[Law, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
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


def write(notice: Notice) -> Letter:
    """The letter that says a notice: in the subject's language where there is a table for it, else in English.

    Raises BadInput where it does not say what is meant, why, who says so, or until when a proposal can be answered.
    """
    _refuse_incomplete(notice)
    said = Sentences(language_of(notice.language), _names(notice))
    return Letter(
        language=said("tag"),
        title=said("title", notice.kind),
        deadline=_deadline(said, notice),
        office_name=shown(notice.office_name),
        subject_name=shown(notice.subject_name),
        subject_identifier=shown(notice.subject_identifier),
        reference=shown(notice.reference),
        day=said.day(notice.day),
        written=notice.day.isoformat(),
        parts=tuple(Part(said("heading", name), answer) for name, answer in _answers(said, notice)),
        signed_by=shown(notice.decided_by),
        proof=_proof(said, notice),
        checkpoint=tuple(shown(line) for line in notice.checkpoint.splitlines()),
        labels={name: shown(text) for name, text in said.table["labels"].items()},
        caution=said("demonstration") if notice.demonstration else "",
    )


def _refuse_incomplete(notice: Notice) -> None:
    """Nothing, or BadInput for a notice that would leave the subject without an answer (charter articles 12 and 13)."""
    reasoned = notice.kind is NoticeKind.WITHDRAWAL or shown(notice.reasons)
    answerable = notice.kind is not NoticeKind.PROPOSAL or notice.reply_until
    ends = [day for day in (notice.reply_until, notice.appeal_until) if day]
    missing = {
        "what is meant": shown(notice.what),
        "the name of the human who says so": shown(notice.decided_by),
        "the reasons": reasoned,
        "the day until which it can be answered": answerable,
        "time to answer or to appeal": all(day > notice.day for day in ends),
    }
    for name, held in missing.items():
        if not held:
            raise BadInput(f"The notice does not give {name}.", where=notice.reference, remedy=f"a notice with {name}")


def _names(notice: Notice) -> dict[str, str]:
    """What stands in the gaps of sentences."""
    return {
        "office": shown(notice.office_name),
        "subject": shown(notice.subject_name),
        "by": shown(notice.decided_by),
        "to": shown(notice.appeal_to),
    }


def _deadline(said: Sentences, notice: Notice) -> str:
    if notice.reply_until:
        return said("answer", "until", day=said.day(notice.reply_until - _DAY))
    if notice.appeal_until:
        return said("appeal", "until-nobody", day=said.day(notice.appeal_until - _DAY))
    if notice.kind is NoticeKind.INTERIM and notice.ends_on:
        return said("from", "ends", day=said.day(notice.ends_on))
    return said("nothing") if _is_over(notice) else ""


def _answers(said: Sentences, notice: Notice) -> Iterator[tuple[str, tuple[Paragraph, ...]]]:
    """The eight questions, by the name of their heading, each with its answer."""
    kind = notice.kind
    asked = kind.value if kind in (NoticeKind.PROPOSAL, NoticeKind.WITHDRAWAL) else "decision"
    yield "about", _said(said("about", kind))
    yield asked, _what(said, notice, asked)
    yield "law", _laws(said, notice)
    yield "evidence", _evidence(said, notice)
    yield "from", _said(*_effect(said, notice))
    yield "answer", _said(*_answering(said, notice))
    yield "appeal", _said(*_appealing(said, notice))
    yield "silence", _said(*_silence(said, notice))


def _said(*sentences: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text) for text in sentences if text)


def _what(said: Sentences, notice: Notice, asked: str) -> tuple[Paragraph, ...]:
    follows = tuple(filter(None, map(shown, notice.follows)))
    measures = Paragraph(said("follows", asked), points=follows) if follows else Paragraph(said("follows", "none"))
    return *_said(*paragraphs(notice.what)), measures, *_said(said("by", notice.kind))


def _laws(said: Sentences, notice: Notice) -> tuple[Paragraph, ...]:
    if not notice.laws:
        return _said(said("law", "unneeded" if _is_over(notice) else "none"))
    return (Paragraph(said("law", "some"), lines=tuple(_law(said, one) for one in notice.laws)),)


def _law(said: Sentences, law: Law) -> Line:
    title, article = shown(law.title), shown(law.article)
    named = said("law", "article", title=title, article=article) if article else title
    return Line(named, note=shown(law.says), caution="" if law.verified else said("law", "unchecked"))


def _evidence(said: Sentences, notice: Notice) -> tuple[Paragraph, ...]:
    facts = tuple((shown(title), shown(value)) for title, value in notice.facts)
    reasons = paragraphs(notice.reasons)
    exhibits = tuple(_exhibit(said, one) for one in notice.evidence)
    return (
        *([Paragraph(said("evidence", "facts"), pairs=facts)] if facts else []),
        *([Paragraph(said("evidence", "reasons"), quoted=reasons)] if reasons else []),
        Paragraph(said("evidence", "files" if exhibits else "none"), lines=exhibits),
    )


def _exhibit(said: Sentences, exhibit: Exhibit) -> Line:
    kind = said.table["media"].get(exhibit.media_type, exhibit.media_type)
    note = said("evidence", "file", kind=shown(kind), size=_size(said, exhibit.size))
    return Line(shown(exhibit.name), note=note, code=f"SHA-256 {shown(exhibit.digest)}")


def _size(said: Sentences, size: int) -> str:
    """A size to read: 812 B, 214 kB, 3 MB."""
    if size < _KILO:
        return f"{size} B"
    unit, name = (_KILO, "kB") if size < _MEGA else (_MEGA, "MB")
    return f"{said.count(round(size / unit))} {name}"


def _effect(said: Sentences, notice: Notice) -> Iterator[str]:
    proposed, effect = notice.kind is NoticeKind.PROPOSAL, notice.takes_effect
    if proposed:
        yield said("from", "proposal")
    words = paragraphs(effect) if isinstance(effect, str) else ()
    if isinstance(effect, date):
        yield said("from", "proposed-day" if proposed else "day", day=said.day(effect))
    elif not words and not proposed:
        yield said("from", "none")
    yield from words
    if notice.ends_on:
        yield said("from", "ends", day=said.day(notice.ends_on))


def _answering(said: Sentences, notice: Notice) -> Iterator[str]:
    if notice.reply_until is None:
        disagrees = "appeal" if notice.appeal_until and not _is_over(notice) else "none"
        yield said("answer", "interim" if notice.kind is NoticeKind.INTERIM else disagrees)
    else:
        yield said("answer", "until", day=said.day(notice.reply_until - _DAY))
        yield said("answer", "heard")
    yield from paragraphs(notice.how_to_answer)


def _appealing(said: Sentences, notice: Notice) -> Iterator[str]:
    named = "" if shown(notice.appeal_to) else "-nobody"
    if notice.kind in (NoticeKind.PROPOSAL, NoticeKind.INTERIM):
        yield said("appeal", f"{notice.kind}{named}")
    elif notice.appeal_until:
        yield said("appeal", f"until{named}", day=said.day(notice.appeal_until - _DAY))
        yield said("appeal", "apart")
        yield said("appeal", "suspends") if notice.kind is NoticeKind.DECISION else ""
    else:
        yield said("appeal", "unneeded" if _is_over(notice) else "none")


def _silence(said: Sentences, notice: Notice) -> Iterator[str]:
    if _is_over(notice):
        yield said("silence", "over")
        return
    if notice.reply_until:
        yield said("silence", "unanswered", day=said.day(notice.reply_until))
    elif notice.appeal_until:
        yield said("silence", "final", day=said.day(notice.appeal_until - _DAY))
    if notice.kind in (NoticeKind.PROPOSAL, NoticeKind.INTERIM):
        when, kind = notice.silence_until, notice.kind
        yield said("silence", kind, day=said.day(when)) if when else said("silence", f"{kind}-some-day")
    elif not notice.appeal_until:
        yield said("silence", "stays")
    if notice.ends_on and notice.kind is not NoticeKind.PROPOSAL:
        yield said("silence", "ends", day=said.day(notice.ends_on))


def _is_over(notice: Notice) -> bool:
    """Whether the subject has nothing left to fear from this case."""
    return notice.favourable or notice.kind is NoticeKind.WITHDRAWAL


def _proof(said: Sentences, notice: Notice) -> Paragraph:
    if not notice.checkpoint:
        return Paragraph()
    size = said.count(notice.size)
    if notice.position is None:
        return Paragraph(said("proof", "size", size=size))
    return Paragraph(said("proof", "event", position=said.count(notice.position), size=size))
