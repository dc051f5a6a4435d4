"""The dated steps of cases, as the records state them: what `procedure` is handed."""

from __future__ import annotations

from functools import cache

from goodstanding.catalogue.conditions import Condition
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.primitives import CodedTerm, DecidedTerm
from goodstanding.catalogue.procedures import CaseRule, CaseStep
from goodstanding.standing.score import parse_record_condition
from goodstanding.standing.sql_text import chain_steps, quote_column, quote_literal
from goodstanding.standing.typed_records import build_record_steps, name_record_step


@cache
def build_stated_steps_sql(catalogue: Catalogue) -> str | None:
    """Rows (case_position, subject_id, name, step, day, public_day, proved, holds, position, code, until, published).

    None where there are no cases. `proved` is whether the record names who decided and holds the proof of each step of
    the procedure. `holds` is NULL where a field is missing; an opening step holds only where it is known that the case
    spares nobody there. `code` and `until` are the opening record's, where lengths of time depend on them.
    """
    rows = [
        _build_step_select(catalogue, name, case, key, step)
        for name, case in catalogue.cases.items()
        for key, step in case.steps.items()
    ]
    if not rows:
        return None
    return chain_steps(
        build_record_steps(catalogue), "\nUNION ALL\n".join(rows) + "\nORDER BY case_position, name, day"
    )


def _build_step_select(catalogue: Catalogue, name: str, case: CaseRule, key: str, step: CaseStep) -> str:
    public = f"stated.{quote_column(step.public_on)}" if step.public_on else "NULL"
    code, until = find_code_field(catalogue, name), find_until_field(catalogue, name)
    return (
        f"SELECT opening.position AS case_position, opening.subject_id, {quote_literal(name)} AS name,\n"
        f"  {quote_literal(key)} AS step,\n"
        f"  stated.{quote_column(step.on)} AS day, {public} AS public_day,\n"
        f"  {_build_proof_sql(catalogue, case, step)} AS proved, {_build_condition_sql(catalogue, case, step)}"
        f" AS holds,\n"
        f"  stated.position, {_build_opening_column(code)} AS code, {_build_opening_column(until)} AS until,"
        f" opening.published\n"
        f"FROM {name_record_step(case.record)} AS opening\n"
        f"{_build_join(case, step)}WHERE stated.{quote_column(step.on)} IS NOT NULL"
    )


def _build_condition_sql(catalogue: Catalogue, case: CaseRule, step: CaseStep) -> str:
    """Whether a step's condition holds and, where it opens the case, everything that would spare the subject fails."""
    needed = (
        [parse_record_condition(catalogue, step.record or case.record, step.when).of("stated")] if step.when else []
    )
    spared: list[Condition] = []
    if not step.after:
        spared = [parse_record_condition(catalogue, case.record, spare.when) for spare in case.spares.values()]
    parts = [f"({condition})" for condition in needed] + [f"NOT ({condition.of('opening')})" for condition in spared]
    return " AND ".join(parts) or "TRUE"


def _build_proof_sql(catalogue: Catalogue, case: CaseRule, step: CaseStep) -> str:
    """Whether the step's record holds every proof that it can hold; the laboratory runs what was never proved, too."""
    fields = list_proof_fields(catalogue, case, step) if catalogue.mode == "live" else ()
    return " AND ".join(f"stated.{quote_column(field)} IS NOT NULL" for field in fields) or "TRUE"


def list_proof_fields(catalogue: Catalogue, case: CaseRule, step: CaseStep) -> tuple[str, ...]:
    """The fields of a step's record in which its procedure has the notice proved, the decision, and who decided."""
    procedure, record = catalogue.procedures.get(case.procedure or ""), step.record or case.record
    named = (
        [
            (procedure_step.proof, getattr(procedure_step, "named", None))
            for procedure_step in (procedure.notice, procedure.decision)
            if procedure_step
        ]
        if procedure
        else []
    )
    references = [field.rpartition(".") for pair in named for field in pair if field]
    proof_fields = (
        field
        for where, _dot, field in references
        if where in ("", record) and field in catalogue.records[record].fields
    )
    return tuple(dict.fromkeys(proof_fields))


def _build_join(case: CaseRule, step: CaseStep) -> str:
    if step.record is None or step.record == case.record:
        return f"JOIN {name_record_step(case.record)} AS stated\n  USING (position)\n"
    return (
        f"JOIN {name_record_step(step.record)} AS stated\n  ON stated.subject_id = opening.subject_id\n"
        "  AND stated.source = opening.source\n  AND stated.about = opening.reference\n"
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
