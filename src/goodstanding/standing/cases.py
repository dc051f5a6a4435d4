"""The dated steps of cases, as the records state them: what `procedure` is handed."""

from __future__ import annotations

from functools import cache

from goodstanding.catalogue.conditions import Condition
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.primitives import CodedTerm, DecidedTerm
from goodstanding.catalogue.procedures import RELIEVING_ROLES, SUSPENDING_ROLES, CaseRule, CaseStep
from goodstanding.standing.score import parse_record_condition
from goodstanding.standing.sql_text import SqlStep, chain_steps, quote_column, quote_literal
from goodstanding.standing.typed_records import build_record_steps, name_record_step

# Of several cases with one reference the speaker's own, or the one named with its source; else it is of none. What
# relieves the subject stays with the case that was on file when it was stated, whatever is opened later, and in doubt
# is of every case that came after it: so nobody takes it away by opening or correcting one.
_CHOICE = """
SELECT case_position, subject_id, name, step, day, public_day, proved, holds, position, code, until, published, noticed,
  source, opener
FROM related
WINDOW of_statement AS (PARTITION BY position, name, step)
QUALIFY is_own OR NOT bool_or(is_own) OVER of_statement AND CASE
    WHEN relieves AND count(*) FILTER (is_earlier) OVER of_statement = 1 THEN is_earlier
    WHEN relieves THEN count(*) FILTER (is_earlier) OVER of_statement = 0
    ELSE count(*) OVER of_statement = 1
  END
""".strip()


@cache
def build_stated_steps_sql(catalogue: Catalogue) -> str | None:
    """Rows (case_position, subject_id, name, step, day, public_day, proved, holds, position, code, until, published,
    noticed, source, opener).

    None where there are no cases. `proved` is whether the record, or the one that opened the case, names who decided
    and holds the proofs of the procedure; NULL where they have no field for them. `noticed` is the day of notice that
    they prove. `holds` is NULL where a field is missing; an opening step holds only where it is known that the case
    spares nobody there. `code` and `until` are the opening record's, where lengths of time depend on them. `source`
    stated the step, and `opener` the record that opened the case.
    """
    own: list[str] = []
    others: list[str] = []
    for name, case in catalogue.cases.items():
        for key, step in case.steps.items():
            (own if _is_own_record(case, step) else others).append(_build_step_select(catalogue, name, case, key, step))
    if not own and not others:
        return None
    related = SqlStep("related", "records about cases, and which of several they can be about", _join_rows(others))
    rows = [*own, _CHOICE] if others else own
    steps = [*build_record_steps(catalogue), *([related] if others else [])]
    return chain_steps(steps, _join_rows(rows) + "\nORDER BY case_position, name, day")


def _join_rows(rows: list[str]) -> str:
    return "\nUNION ALL\n".join(rows)


def _build_step_select(catalogue: Catalogue, name: str, case: CaseRule, key: str, step: CaseStep) -> str:
    stated = _name_statement(case, step)
    public = f"{stated}.{quote_column(step.public_on)}" if step.public_on else "NULL"
    code, until = find_code_field(catalogue, name), find_until_field(catalogue, name)
    return (
        f"SELECT opening.position AS case_position, opening.subject_id, {quote_literal(name)} AS name,\n"
        f"  {quote_literal(key)} AS step,\n"
        f"  {stated}.{quote_column(step.on)} AS day, {public} AS public_day,\n"
        f"  {_build_proof_sql(catalogue, case, step)} AS proved, {_build_condition_sql(catalogue, case, step)}"
        f" AS holds,\n"
        f"  {stated}.position, {_build_opening_column(code)} AS code, {_build_opening_column(until)} AS until,"
        f" opening.published,\n"
        f"  {_build_notice_sql(catalogue, case, step)} AS noticed, {stated}.source, opening.source AS opener"
        f"{_build_relation(case, step)}\n"
        f"FROM {name_record_step(case.record)} AS opening\n"
        f"{_build_join(case, step)}WHERE {stated}.{quote_column(step.on)} IS NOT NULL"
    )


def _build_condition_sql(catalogue: Catalogue, case: CaseRule, step: CaseStep) -> str:
    """Whether a step's condition holds and, where it opens the case, everything that would spare the subject fails."""
    needed = (
        [parse_record_condition(catalogue, step.record or case.record, step.when).of(_name_statement(case, step))]
        if step.when
        else []
    )
    spared: list[Condition] = []
    if not step.after:
        spared = [parse_record_condition(catalogue, case.record, spare.when) for spare in case.spares.values()]
    if catalogue.mode == "live" and step.role in SUSPENDING_ROLES:
        return f"coalesce({needed[0]}, TRUE)" if needed else "TRUE"  # what the record leaves open is for the subject
    parts = [f"({condition})" for condition in needed] + [f"NOT ({condition.of('opening')})" for condition in spared]
    return " AND ".join(parts) or "TRUE"


def _build_proof_sql(catalogue: Catalogue, case: CaseRule, step: CaseStep) -> str:
    """Whether the records hold every proof that the step needs; the laboratory runs what was never proved, too."""
    if catalogue.mode != "live":
        return "TRUE"
    references = list_proof_references(catalogue, case, step)
    if None in references:
        return "FALSE"  # a proof that the procedure does not name is one that nobody can give
    columns = [find_proof_columns(catalogue, case, step, reference or "")[:1] for reference in references]
    proofs = " AND ".join(f"{column} IS NOT NULL" for proof_columns in columns for column in proof_columns) or "TRUE"
    return proofs if all(columns) else f"CASE WHEN {proofs} THEN NULL ELSE FALSE END"


def list_proof_references(catalogue: Catalogue, case: CaseRule, step: CaseStep) -> tuple[str | None, ...]:
    """The fields in which the procedure has proved what a step rests on: the notice, the decision, who decided."""
    procedure = catalogue.procedures.get(case.procedure or "")
    if procedure is None:
        return ()  # whether it needs one is asked where stages are proved
    if procedure.decision is None:
        return (None,)
    if step.role == "interim":
        return (procedure.decision.named,)
    notice = (procedure.notice.proof,) if procedure.notice else ()
    return (procedure.decision.named, procedure.decision.proof, *notice)


def find_proof_columns(
    catalogue: Catalogue, case: CaseRule, step: CaseStep, reference: str, kinds: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The columns of a step's records that a reference to a field means: of its own, and of the one that opened.

    `kinds` are the types of field that count, where not all do.
    """
    record, _dot, field = reference.rpartition(".")
    tables = {_name_statement(case, step): step.record or case.record, "opening": case.record}
    fields = {
        table: catalogue.records[name].fields.get(field) for table, name in tables.items() if record in ("", name)
    }
    return tuple(
        f"{table}.{quote_column(field)}" for table, rule in fields.items() if rule and rule.type in (kinds or rule.type)
    )


def _build_notice_sql(catalogue: Catalogue, case: CaseRule, step: CaseStep) -> str:
    """The day on which notice was served, as the records prove it: the later one, where there are two."""
    procedure = catalogue.procedures.get(case.procedure or "")
    proof = (procedure.notice.proof if procedure and procedure.notice else None) or ""
    columns = find_proof_columns(catalogue, case, step, proof, ("date",))
    return f"greatest({', '.join(columns)})" if columns else "CAST(NULL AS DATE)"


def _is_own_record(case: CaseRule, step: CaseStep) -> bool:
    return step.record is None or step.record == case.record


def _name_statement(case: CaseRule, step: CaseStep) -> str:
    """The table of the record that states a step: the one that opened the case, or another about it."""
    return "opening" if _is_own_record(case, step) else "stated"


def _build_join(case: CaseRule, step: CaseStep) -> str:
    if _is_own_record(case, step):
        return ""
    return (
        f"JOIN {name_record_step(step.record or '')} AS stated\n  ON stated.subject_id = opening.subject_id\n"
        "  AND stated.about IN (opening.reference, opening.source || '/' || opening.reference)\n"
    )


def _build_relation(case: CaseRule, step: CaseStep) -> str:
    """What the choice between several cases goes by."""
    if _is_own_record(case, step):
        return ""
    return (
        ",\n  stated.source = opening.source OR stated.about <> opening.reference AS is_own,"
        " opening.position < stated.position AS is_earlier,\n"
        f"  {'TRUE' if step.role in RELIEVING_ROLES else 'FALSE'} AS relieves"
    )


def find_code_field(catalogue: Catalogue, name: str) -> str | None:
    """The code field of the opening record on which lengths of time depend in this kind of case, if any."""
    case = catalogue.cases[name]
    lengths = [step.not_before for step in case.steps.values()]
    lengths += [stays for stays in _list_terms(catalogue, name) if not isinstance(stays, DecidedTerm)]
    return next((length.by for length in lengths if isinstance(length, CodedTerm)), None)


def find_until_field(catalogue: Catalogue, name: str) -> str | None:
    """The date field of the opening record that sets how long a listing from this kind of case lasts, if any."""
    return next((stays.until for stays in _list_terms(catalogue, name) if isinstance(stays, DecidedTerm)), None)


def _list_terms(catalogue: Catalogue, name: str) -> list[Period | CodedTerm | DecidedTerm | None]:
    return [rule.stays for rule in catalogue.lists.values() if rule.case == name]


def _build_opening_column(field: str | None) -> str:
    return f"opening.{quote_column(field)}" if field else "NULL"
