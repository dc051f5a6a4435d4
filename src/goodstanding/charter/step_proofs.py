"""Article 18, and what articles 12 to 16 ask of a case: what proves its steps, in which of its own records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.feeds import Feed, ValueMapping
from goodstanding.catalogue.procedures import AppealRule, CaseRule, Procedure, ProcedureStep
from goodstanding.catalogue.records import FieldRule
from goodstanding.charter.catalogue_queries import BreachIterator, Path, Proceeding, list_adverse_proceedings
from goodstanding.charter.feed_articles import list_columns_of_others
from goodstanding.charter.vocabulary import list_court_kinds
from goodstanding.messages import DecisionMessage, Message

DAY, OFFICIAL = "day", "official"
_SUSPENDING = frozenset({"appeal", "stay"})
_UNPROVEN = {
    "notice": DecisionMessage.NOTICE_UNPROVEN,
    "decision": DecisionMessage.DECISION_UNPROVEN,
    "appeal": DecisionMessage.APPEAL_UNPROVEN,
}
_KINDS = {"notice": (DAY,), "decision": (DAY, OFFICIAL), "appeal": (DAY, OFFICIAL)}
_EMPTY_OR_ANY = ("", "*")


def list_step_proof_breaches(catalogue: Catalogue) -> BreachIterator:
    """18. Each step of the authority names a field of the case's own records that proves it, and no feed invents it."""
    for proceeding in list_adverse_proceedings(catalogue):
        for name, hand in _list_authority_steps(proceeding.procedure):
            if hand.proof is None:
                yield proceeding.place(name), Message(_UNPROVEN[name])
            else:
                yield from _list_proof_breaches(catalogue, proceeding, name, hand.proof)
        yield from _list_shared_proofs(catalogue, proceeding)
        yield from _list_invented_proofs(catalogue, proceeding)


def _list_shared_proofs(catalogue: Catalogue, proceeding: Proceeding) -> BreachIterator:
    proofs: dict[str, str] = {}
    for name, hand in _list_authority_steps(proceeding.procedure):
        if hand.proof and proofs.setdefault(hand.proof, name) != name:
            right = ", ".join(list_own_fields(catalogue, proceeding, _KINDS[name]))
            params = {"field": hand.proof, "fields": right}
            yield (*proceeding.place(name), "proof"), Message(DecisionMessage.PROOF_SHARED, params)


def _list_authority_steps(procedure: Procedure | None) -> Iterator[tuple[str, ProcedureStep]]:
    for name in ("notice", "decision", "appeal"):
        hand = getattr(procedure, name, None)
        if isinstance(hand, ProcedureStep) and not (isinstance(hand, AppealRule) and hand.body == "register"):
            yield name, hand


def _list_proof_breaches(catalogue: Catalogue, proceeding: Proceeding, step: str, proof: str) -> BreachIterator:
    place: Path = (*proceeding.place(step), "proof")
    fields, kinds = find_own_fields(catalogue, proceeding, proof), _KINDS[step]
    if not fields:
        right = ", ".join(list_own_fields(catalogue, proceeding, kinds)) or "-"
        params = {"field": proof, "case": proceeding.path[1], "fields": right}
        yield place, Message(DecisionMessage.PROOF_ELSEWHERE, params)
    elif not any(field.kind in kinds and (field.type == "date") is (field.kind == DAY) for field in fields):
        yield place, Message(DecisionMessage.PROOF_OF_OTHER_KIND, {"field": proof, "kinds": ", ".join(kinds)})


def list_own_records(catalogue: Catalogue, proceeding: Proceeding) -> tuple[str, ...]:
    """The record types of a proceeding: the one that opens a case and those of its steps, or the one graded."""
    part, name = proceeding.path
    if part == "schemes":
        return (catalogue.schemes[str(name)].record,)
    case = catalogue.cases[str(name)]
    return tuple(dict.fromkeys([case.record, *(step.record or case.record for step in case.steps.values())]))


def find_own_fields(catalogue: Catalogue, proceeding: Proceeding, reference: str) -> list[FieldRule]:
    """The fields of a proceeding's own records that `field` or `record-type.field` means."""
    record, _dot, field = reference.rpartition(".")
    own = (catalogue.records[name] for name in list_own_records(catalogue, proceeding) if record in ("", name))
    return [record_type.fields[field] for record_type in own if field in record_type.fields]


def list_own_fields(catalogue: Catalogue, proceeding: Proceeding, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the fields of these kinds in a proceeding's own records."""
    records = (catalogue.records[name] for name in list_own_records(catalogue, proceeding))
    names = (name for record in records for name, field in record.fields.items() if field.kind in kinds)
    return tuple(dict.fromkeys(names))


def _list_invented_proofs(catalogue: Catalogue, proceeding: Proceeding) -> BreachIterator:
    procedure, own = proceeding.procedure, list_own_records(catalogue, proceeding)
    proofs = {hand.proof: name for name, hand in _list_authority_steps(procedure)}
    if procedure and procedure.decision:
        proofs |= {procedure.decision.named: "decision"}
    fields = {(proof or "").rpartition(".")[2]: name for proof, name in proofs.items()}
    for feed in catalogue.feeds.values():
        values = feed.fields if isinstance(feed, Feed) and feed.record in own else {}
        proving = {field: value for field, value in values.items() if field in fields}
        for field, value in proving.items():
            if _is_invented(value):
                params = {"feed": feed.feed, "field": field}
                yield proceeding.place(fields[field]), Message(DecisionMessage.PROOF_INVENTED, params)
        for field, column in _list_foreign_columns(feed, proving, catalogue.records[feed.record].fields):
            params = {"feed": feed.feed, "field": field, "column": column}
            yield proceeding.place(fields[field]), Message(DecisionMessage.PROOF_FROM_OTHER_COLUMN, params)


def _list_foreign_columns(
    feed: Feed, proving: Mapping[str, ValueMapping], rules: Mapping[str, FieldRule]
) -> Iterator[tuple[str, str]]:
    """Proofs that a feed reads where it reads something else: an official's name there, or another proof."""
    others = list_columns_of_others(feed)
    columns = dict[str, str]()
    for field, value in proving.items():
        for column in value.reads():
            is_other = column in others and rules[field].kind == OFFICIAL
            if is_other or columns.setdefault(column, field) != field:
                yield field, column


def _is_invented(value: ValueMapping) -> bool:
    """Whether something comes of it where the file's own cell says nothing."""
    codes = value.map or {}
    is_coded = any(codes.get(cell) is not None for cell in _EMPTY_OR_ANY)
    is_joined = bool(value.prefix) or len(value.columns) > 1
    return value.text is not None or value.otherwise is not None or bool(value.stated_when) or is_coded or is_joined


def is_decided_stage(case: CaseRule, stage: str) -> bool:
    """Whether a decision begins a stage, or its service does."""
    step = case.steps[stage]
    if step.role == "service":
        return bool(step.after) and all(
            case.steps[earlier].role in ("decision", "service") for earlier in step.after if earlier != stage
        )
    return step.role == "decision"


def is_interim_stage(case: CaseRule, stage: str) -> bool:
    """Whether a stage is a measure before the hearing, or the answer to one."""
    step = case.steps[stage]
    is_answer = step.role == "reply" and {case.steps[earlier].role for earlier in step.after} == {"interim"}
    return step.role == "interim" or is_answer


def is_of_courts(catalogue: Catalogue, proceeding: Proceeding) -> bool:
    """Whether only courts open what is decided."""
    opening = catalogue.records[list_own_records(catalogue, proceeding)[0]]
    return set(opening.by) <= set(list_court_kinds())


def count_least_days(days: int | None, working: bool) -> int:
    """The fewest days that a time limit can be: between five working days there are two more."""
    days = days or 0
    return days + 2 * ((days - 1) // 5) if working and days else days


def count_most_days(days: int | None, working: bool) -> float:
    """About the most days that a time limit is: a working week has five days of seven."""
    return (days or 0) * (7 / 5 if working else 1)
