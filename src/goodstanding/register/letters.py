"""What a subject is told of an act in its case, as a notice that `procedure` puts into words.

A letter says how the case and the rules stood right after the act, whenever it is read, and carries the checkpoint that
was signed then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.catalogue.model import Based, Catalogue, FieldRule, Measure
from goodstanding.catalogue.model import Case as CaseRules
from goodstanding.errors import NotFound
from goodstanding.ledger import proofs
from goodstanding.ledger import store as ledger
from goodstanding.procedure.hearing import DISPUTES, Act, Phase
from goodstanding.procedure.notices import Exhibit, Law, Notice, NoticeKind
from goodstanding.register import catalogues, file, words
from goodstanding.register.authorities import offices
from goodstanding.register.hearings import Heard, Hearing, hearing

KINDS: dict[Act, NoticeKind] = {
    Act.SERVE_NOTICE: NoticeKind.PROPOSAL,
    Act.SERVE_DECISION: NoticeKind.DECISION,
    Act.DECIDE: NoticeKind.DECISION,
    Act.DECIDE_APPEAL: NoticeKind.APPEAL_DECISION,
    Act.IMPOSE_INTERIM: NoticeKind.INTERIM,
    Act.HEAR_INTERIM: NoticeKind.DECISION,
    Act.DECIDE_DISPUTE: NoticeKind.DISPUTE_DECISION,
    Act.DECIDE_REPAIR: NoticeKind.REPAIR_DECISION,
    Act.WITHDRAW: NoticeKind.WITHDRAWAL,
}
_BINDS = (Phase.IN_FORCE, Phase.FINAL, Phase.INTERIM)
_LANGUAGES = {"cn": "zh-hans", "mx": "es"}


def has_letter(held: Hearing, one: Heard) -> bool:
    """Whether the subject gets a letter about an act: of a decision against it once that is served, not before."""
    if one.act is Act.DECIDE:
        return one.body.get("upheld") is False
    own = one.act is Act.WITHDRAW and held.opened.act not in (Act.PROPOSE, Act.IMPOSE_INTERIM)
    return one.act in KINDS and not own


def letter_of(case: int, position: int, language: str = "", address: str = "") -> tuple[Hearing, Notice]:
    """The case as it stood after the act at a position, and the notice of that act; raises NotFound for any other.

    `address` is where the case can be opened and answered.
    """
    held = hearing(case, position + 1)
    one = next((one for one in held.acts if one.position == position), None)
    if one is None or not has_letter(held, one):
        raise NotFound(f"No letter was written about event {position}.", where=held.reference)
    return held, notice(held, one, language, address)


def notice(held: Hearing, one: Heard, language: str = "", address: str = "") -> Notice:
    """What the letter about an act says; the act is the last of the case."""
    size, checkpoint = _checkpoint(one.position)
    rules = catalogues.enacted(size)[held.catalogue].catalogue
    said, days = _said(held, one), _days(held, one)
    return Notice(
        reference=held.reference,
        kind=KINDS[one.act],
        day=one.day,
        language=language or language_of(held),
        subject_name=held.subject.name,
        subject_identifier=held.subject.identifier,
        office_name=office_name(rules, one.office or held.source),
        decided_by=said.by,
        what=_what(held, rules),
        follows=tuple(_follows(held, rules)),
        laws=() if one.act is Act.WITHDRAW else tuple(_laws(held, rules)),
        facts=tuple(facts(held, rules)),
        reasons=said.text,
        evidence=tuple(exhibits(held.acts if one.act is Act.SERVE_NOTICE else [said])),
        takes_effect=days.takes_effect,
        ends_on=days.ends_on,
        reply_until=days.reply_until,
        silence_until=days.silence_until,
        appeal_until=days.appeal_until,
        appeal_to=bodies(held, rules),
        how_to_answer=address,
        favourable=one.act is Act.WITHDRAW or one.body.get("upheld") is False,
        position=one.position if one.position >= 0 else None,
        size=size,
        checkpoint=checkpoint,
        demonstration=config.current().demonstration,
    )


def language_of(held: Hearing) -> str:
    """The language of the subject's country, as far as its identifier tells; else English."""
    return _LANGUAGES.get(held.subject.identifier.partition("-")[0], "en")


def office_name(rules: Catalogue, office: str) -> str:
    """An office's name, as its catalogue has it, else its identifier."""
    return next((one.name for one in rules.sources if one.id == office), office)


def bodies(held: Hearing, rules: Catalogue) -> str:
    """The names of the bodies that the catalogue itself names for an appeal and that stand apart from the source."""
    case = _case_rule(held, rules)
    procedure = rules.procedures.get(case.procedure or "") if case else None
    kind = procedure.appeal.held_by if procedure and procedure.appeal else ""
    tree = offices()
    apart = [one.name for one in rules.sources if one.kind == kind and tree.apart(held.source, one.id)]
    return " / ".join(apart[:3])


def _case_rule(held: Hearing, rules: Catalogue) -> CaseRules | None:
    listed = rules.lists.get(held.listed)
    return rules.cases.get(listed.case or "") if listed else None


def _said(held: Hearing, one: Heard) -> Heard:
    """The act whose reasons and author a letter gives: what is served, not the serving of it."""
    served = {Act.SERVE_NOTICE: Act.PROPOSE, Act.SERVE_DECISION: Act.DECIDE}.get(one.act, one.act)
    return next((each for each in reversed(held.acts) if each.act is served), one)


def _what(held: Hearing, rules: Catalogue) -> str:
    """What is meant, in the words of the list or, where the subject asked for something, in its own."""
    rule = rules.lists.get(held.listed)
    if is_request(held):
        return "\n".join(filter(None, [_record(held), held.opened.text]))
    return f"{rule.title}. {rule.says}" if rule else rules.title


def is_request(held: Hearing) -> bool:
    """Whether the subject opened the case: a dispute, or a request for repair."""
    return held.opened.act in (*DISPUTES, Act.ASK_REPAIR)


def _record(held: Hearing) -> str:
    found = file.at(held.about) if held.about is not None else None
    return f"{found[1].title}, {found[1].reference}" if found else ""


def exhibits(acts: Iterable[Heard]) -> Iterator[Exhibit]:
    """The files in evidence of some acts, each once, in the order in which they came."""
    seen = set()
    for each in (each for one in acts for each in one.body.get("evidence", ())):
        if each["digest"] not in seen:
            seen.add(each["digest"])
            yield Exhibit(each["name"], each["digest"], each["size"], each["type"])


@dataclass(frozen=True, slots=True)
class _Days:
    takes_effect: date | None = None
    ends_on: date | None = None
    reply_until: date | None = None
    silence_until: date | None = None
    appeal_until: date | None = None


def _days(held: Hearing, one: Heard) -> _Days:
    """When it takes effect and ends, until when it can be answered or appealed, and when silence counts."""
    now, case = held.span(one.day), held.case
    if one.act is Act.SERVE_NOTICE and now:
        return _Days(case.reply_until, None, case.reply_until, now.until)
    binding = [span for span in case.spans if span.phase in _BINDS and (span.until is None or span.until > one.day)]
    bound = bool(binding) and not case.overturned
    appeal = one.act is Act.SERVE_DECISION or (now is not None and now.phase is Phase.REFUSED)
    return _Days(
        max(binding[0].since, one.day) if bound else None,
        binding[-1].until if bound else None,
        None,
        now.until if one.act is Act.IMPOSE_INTERIM and now else None,
        case.terms.over(one.day, case.terms.appeal, "subject") if appeal else None,
    )


def _follows(held: Hearing, rules: Catalogue) -> Iterator[str]:
    for rule in _measures(held, rules):
        yield f"{rule.title}: {rule.says}" if rule.says else rule.title


def _measures(held: Hearing, rules: Catalogue) -> list[Measure]:
    if is_request(held) or not held.listed:
        return []
    return [each for each in rules.measures.values() if each.list == held.listed]


def _laws(held: Hearing, rules: Catalogue) -> Iterator[Law]:
    """The articles that list, case and measures rest on, each once."""
    rule, case = rules.lists.get(held.listed), _case_rule(held, rules)
    resting: list[Based] = [*filter(None, [rule, case]), *_measures(held, rules)]
    found = [words.law(rules, each) for each in resting]
    for law in dict.fromkeys(filter(None, found)):
        article = law.article.removeprefix("art. ")
        title = law.instrument if article != law.article else law.citation
        yield Law(title, article if article != law.article else "", law.title, law.verified)


def facts(held: Hearing, rules: Catalogue) -> Iterator[tuple[str, str]]:
    """What the finding states, title and value; nothing where the case is about a request."""
    body = held.opened.body
    record = rules.records.get(str(body.get("record", "")))
    stated = body.get("fields") or {}
    if body.get("reference"):
        yield _("File number"), str(body["reference"])
    for name, rule in record.fields.items() if record else ():
        if name in stated:
            yield rule.title, _value(rule, stated[name])


def _value(rule: FieldRule, value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value).replace("-", " ") if rule.type == "code" else str(value)


def _checkpoint(position: int) -> tuple[int, str]:
    """Size and note of the checkpoint that was signed when an event came in; of the newest for one not yet written."""
    held = ledger.size()
    for size in range(position + 1, min(position + 4, held + 1)) if position >= 0 else ():
        try:
            return size, proofs.checkpoint(size)
        except NotFound:
            continue
    return (held, proofs.checkpoint(held)) if held else (0, "")
