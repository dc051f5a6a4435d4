"""What a subject is told of an act in its case, as a notice that `procedure` puts into words.

A letter says how the case and the rules stood right after the act, whenever it is read, and carries the checkpoint that
was signed then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from goodstanding import config
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.primitives import LegalRule
from goodstanding.catalogue.procedures import CaseRule as CaseRules
from goodstanding.catalogue.procedures import Measure
from goodstanding.catalogue.records import FieldRule
from goodstanding.errors import NotFound
from goodstanding.ledger import proofs
from goodstanding.ledger import store as ledger
from goodstanding.messages import CaseMessage, Message
from goodstanding.procedure.case_states import DISPUTES, Act, Phase
from goodstanding.procedure.notice_texts import FactValue
from goodstanding.procedure.notices import CitedLaw, Exhibit, Notice, NoticeKind
from goodstanding.register.cases.case_file import CaseAct, CaseFile, get_case
from goodstanding.register.files.records import find_record
from goodstanding.register.rules.authorities import load_authority_tree
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.register.rules.legal_basis import find_legal_basis

NOTICE_KINDS: dict[Act, NoticeKind] = {
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


def has_notice(case_file: CaseFile, act: CaseAct) -> bool:
    """Whether the subject gets a letter about an act: of a decision against it once that is served, not before."""
    if act.act is Act.DECIDE:
        return act.body.get("upheld") is False
    own = act.act is Act.WITHDRAW and case_file.opened.act not in (Act.PROPOSE, Act.IMPOSE_INTERIM)
    return act.act in NOTICE_KINDS and not own


def get_case_and_notice(case: int, position: int, language: str = "", address: str = "") -> tuple[CaseFile, Notice]:
    """The case as it stood after the act at a position, and the notice of that act; raises NotFound for any other.

    `address` is where the case can be opened and answered.
    """
    case_file = get_case(case, position + 1)
    act = next((act for act in case_file.acts if act.position == position), None)
    if act is None or not has_notice(case_file, act):
        raise NotFound(Message(CaseMessage.LETTER_MISSING, {"position": position}), where=case_file.reference)
    return case_file, build_notice(case_file, act, language, address)


def build_notice(case_file: CaseFile, act: CaseAct, language: str = "", address: str = "") -> Notice:
    """What the letter about an act says; the act is the last of the case."""
    size, checkpoint = _find_checkpoint(act.position)
    rules = list_enacted(size)[case_file.catalogue].catalogue
    served_act, days = _find_served_act(case_file, act), _compute_days(case_file, act)
    office_name = find_office_name(rules, served_act.office or case_file.source)
    return Notice(
        reference=case_file.reference,
        kind=NOTICE_KINDS[act.act],
        day=act.day,
        language=language or choose_language(case_file),
        subject_name=case_file.subject.name,
        subject_identifier=case_file.subject.identifier,
        office_name=find_office_name(rules, act.office or case_file.source),
        decided_by=served_act.person or office_name,
        matter=_describe_matter(case_file, rules),
        follows=tuple(_describe_consequences(case_file, rules)),
        laws=() if act.act is Act.WITHDRAW else tuple(_list_laws(case_file, rules)),
        file_number=str(case_file.opened.body.get("reference") or ""),
        facts=tuple(list_finding_facts(case_file, rules)),
        reasons=served_act.text,
        evidence=tuple(list_exhibits(case_file.acts if act.act is Act.SERVE_NOTICE else [served_act])),
        takes_effect=days.takes_effect,
        ends_on=days.ends_on,
        reply_until=days.reply_until,
        silence_until=days.silence_until,
        appeal_until=days.appeal_until,
        appeal_to=render_appeal_bodies(case_file, rules),
        how_to_answer=address,
        favourable=act.act is Act.WITHDRAW or act.body.get("upheld") is False,
        position=act.position if act.position >= 0 else None,
        size=size,
        checkpoint=checkpoint,
        demonstration=config.get_current_register().demonstration,
    )


def choose_language(case_file: CaseFile) -> str:
    """The language of the subject's country, as far as its identifier tells; else English."""
    return _LANGUAGES.get(case_file.subject.identifier.partition("-")[0], "en")


def find_office_name(rules: Catalogue, office: str) -> str:
    """An office's name, as its catalogue has it, else its identifier."""
    return next((source.name for source in rules.sources if source.id == office), office)


def render_appeal_bodies(case_file: CaseFile, rules: Catalogue) -> str:
    """The names of the bodies that the catalogue itself names for an appeal and that stand apart from the source."""
    case = _find_case_rule(case_file, rules)
    procedure = rules.procedures.get(case.procedure or "") if case else None
    kind = procedure.appeal.held_by if procedure and procedure.appeal else ""
    tree = load_authority_tree()
    apart = [source.name for source in rules.sources if source.kind == kind and tree.apart(case_file.source, source.id)]
    return " / ".join(apart[:3])


def _find_case_rule(case_file: CaseFile, rules: Catalogue) -> CaseRules | None:
    listed = rules.lists.get(case_file.listed)
    return rules.cases.get(listed.case or "") if listed else None


def _find_served_act(case_file: CaseFile, act: CaseAct) -> CaseAct:
    """The act whose reasons and author a letter gives: what is served, not the serving of it."""
    served = {Act.SERVE_NOTICE: Act.PROPOSE, Act.SERVE_DECISION: Act.DECIDE}.get(act.act, act.act)
    return next((earlier_act for earlier_act in reversed(case_file.acts) if earlier_act.act is served), act)


def _describe_matter(case_file: CaseFile, rules: Catalogue) -> str:
    """What is meant, in the words of the list or, where the subject asked for something, in its own."""
    rule = rules.lists.get(case_file.listed)
    if is_subject_request(case_file):
        return "\n".join(filter(None, [_describe_record(case_file), case_file.opened.text]))
    return f"{rule.title}. {rule.says}" if rule else rules.title


def is_subject_request(case_file: CaseFile) -> bool:
    """Whether the subject opened the case: a dispute, or a request for repair."""
    return case_file.opened.act in (*DISPUTES, Act.ASK_REPAIR)


def _describe_record(case_file: CaseFile) -> str:
    subject_and_record = find_record(case_file.about) if case_file.about is not None else None
    return f"{subject_and_record[1].title}, {subject_and_record[1].reference}" if subject_and_record else ""


def list_exhibits(acts: Iterable[CaseAct]) -> Iterator[Exhibit]:
    """The files in evidence of some acts, each once, in the order in which they came."""
    seen = set()
    for exhibit in (exhibit for act in acts for exhibit in act.body.get("evidence", ())):
        if exhibit["digest"] not in seen:
            seen.add(exhibit["digest"])
            yield Exhibit(exhibit["name"], exhibit["digest"], exhibit["size"], exhibit["type"])


@dataclass(frozen=True, slots=True)
class _NoticeDays:
    takes_effect: date | None = None
    ends_on: date | None = None
    reply_until: date | None = None
    silence_until: date | None = None
    appeal_until: date | None = None


def _compute_days(case_file: CaseFile, act: CaseAct) -> _NoticeDays:
    """When it takes effect and ends, until when it can be answered or appealed, and when silence counts."""
    now, case = case_file.span(act.day), case_file.case
    if act.act is Act.SERVE_NOTICE and now:
        return _NoticeDays(case.reply_until, None, case.reply_until, now.until)
    binding = [span for span in case.spans if span.phase in _BINDS and (span.until is None or span.until > act.day)]
    bound = bool(binding) and not case.overturned
    appeal = act.act is Act.SERVE_DECISION or (now is not None and now.phase is Phase.REFUSED)
    return _NoticeDays(
        max(binding[0].since, act.day) if bound else None,
        binding[-1].until if bound else None,
        None,
        now.until if act.act is Act.IMPOSE_INTERIM and now else None,
        case.terms.over(act.day, case.terms.appeal, "subject") if appeal else None,
    )


def _describe_consequences(case_file: CaseFile, rules: Catalogue) -> Iterator[str]:
    for rule in _list_measures(case_file, rules):
        yield f"{rule.title}: {rule.says}" if rule.says else rule.title


def _list_measures(case_file: CaseFile, rules: Catalogue) -> list[Measure]:
    if is_subject_request(case_file) or not case_file.listed:
        return []
    return [measure for measure in rules.measures.values() if measure.list == case_file.listed]


def _list_laws(case_file: CaseFile, rules: Catalogue) -> Iterator[CitedLaw]:
    """The articles that list, case and measures rest on, each once."""
    rule, case = rules.lists.get(case_file.listed), _find_case_rule(case_file, rules)
    resting: list[LegalRule] = [*filter(None, [rule, case]), *_list_measures(case_file, rules)]
    laws = [find_legal_basis(rules, based_rule) for based_rule in resting]
    for law in dict.fromkeys(filter(None, laws)):
        article = law.article.removeprefix("art. ")
        title = law.instrument if article != law.article else law.citation
        yield CitedLaw(title, article if article != law.article else "", law.title, law.verified)


def list_finding_facts(case_file: CaseFile, rules: Catalogue) -> Iterator[tuple[str, FactValue]]:
    """What the finding states, title and value; nothing where the case is about a request.

    A value that each language writes in its own way, whether something holds or a day, is not put into words here.
    """
    body = case_file.opened.body
    record = rules.records.get(str(body.get("record", "")))
    stated = body.get("fields") or {}
    for name, rule in record.fields.items() if record else ():
        if name in stated:
            yield rule.title, _read_fact(rule, stated[name])


def _read_fact(rule: FieldRule, value: object) -> FactValue:
    if isinstance(value, bool):
        return value
    if rule.type == "date":
        return date.fromisoformat(str(value))
    return str(value).replace("-", " ") if rule.type == "code" else str(value)


def _find_checkpoint(position: int) -> tuple[int, str]:
    """Size and note of the checkpoint that was signed when an event came in; of the newest for one not yet written."""
    ledger_size = ledger.get_ledger_size()
    for size in range(position + 1, min(position + 4, ledger_size + 1)) if position >= 0 else ():
        try:
            return size, proofs.get_checkpoint(size)
        except NotFound:
            continue
    return (ledger_size, proofs.get_checkpoint(ledger_size)) if ledger_size else (0, "")
