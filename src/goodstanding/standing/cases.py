"""The dated steps of cases, as the records state them: what `procedure` is handed."""

from __future__ import annotations

from functools import cache

from goodstanding.catalogue.conditions import Condition
from goodstanding.catalogue.model import Case, Catalogue, Step, Term, Until
from goodstanding.catalogue.periods import Period
from goodstanding.standing.score import parsed
from goodstanding.standing.text import column, literal, with_steps
from goodstanding.standing.typed import record_step, record_steps


@cache
def stated_steps_sql(catalogue: Catalogue) -> str | None:
    """Rows (case_position, subject_id, name, step, day, public_day, proved, holds, position, code, until, published).

    None where there are no cases. `proved` is whether the record names who decided and holds the proof of each step of
    the procedure. `holds` is NULL where a field is missing; an opening step holds only where it is known that the case
    spares nobody there. `code` and `until` are the opening record's, where lengths of time depend on them.
    """
    rows = [
        _stated(catalogue, name, case, key, step)
        for name, case in catalogue.cases.items()
        for key, step in case.steps.items()
    ]
    if not rows:
        return None
    return with_steps(record_steps(catalogue), "\nUNION ALL\n".join(rows) + "\nORDER BY case_position, name, day")


def _stated(catalogue: Catalogue, name: str, case: Case, key: str, step: Step) -> str:
    public = f"stated.{column(step.public_on)}" if step.public_on else "NULL"
    code, until = code_field(catalogue, name), until_field(catalogue, name)
    return (
        f"SELECT opening.position AS case_position, opening.subject_id, {literal(name)} AS name,\n"
        f"  {literal(key)} AS step,\n"
        f"  stated.{column(step.on)} AS day, {public} AS public_day,\n"
        f"  {_proved(catalogue, case, step)} AS proved, {_holds(catalogue, case, step)} AS holds,\n"
        f"  stated.position, {_opening(code)} AS code, {_opening(until)} AS until, opening.published\n"
        f"FROM {record_step(case.record)} AS opening\n{_joined(case, step)}WHERE stated.{column(step.on)} IS NOT NULL"
    )


def _holds(catalogue: Catalogue, case: Case, step: Step) -> str:
    """Whether a step's condition holds and, where it opens the case, everything that would spare the subject fails."""
    needed = [parsed(catalogue, step.record or case.record, step.when).of("stated")] if step.when else []
    spared: list[Condition] = []
    if not step.after:
        spared = [parsed(catalogue, case.record, spare.when) for spare in case.spares.values()]
    parts = [f"({one})" for one in needed] + [f"NOT ({one.of('opening')})" for one in spared]
    return " AND ".join(parts) or "TRUE"


def _proved(catalogue: Catalogue, case: Case, step: Step) -> str:
    """Whether the step's record holds every proof that it can hold; the laboratory runs what was never proved, too."""
    fields = proofs(catalogue, case, step) if catalogue.mode == "live" else ()
    return " AND ".join(f"stated.{column(field)} IS NOT NULL" for field in fields) or "TRUE"


def proofs(catalogue: Catalogue, case: Case, step: Step) -> tuple[str, ...]:
    """The fields of a step's record in which its procedure has the notice proved, the decision, and who decided."""
    procedure, record = catalogue.procedures.get(case.procedure or ""), step.record or case.record
    named = (
        [(one.proof, getattr(one, "named", None)) for one in (procedure.notice, procedure.decision) if one]
        if procedure
        else []
    )
    told = [field.rpartition(".") for pair in named for field in pair if field]
    here = (field for where, _dot, field in told if where in ("", record) and field in catalogue.records[record].fields)
    return tuple(dict.fromkeys(here))


def _joined(case: Case, step: Step) -> str:
    if step.record is None or step.record == case.record:
        return f"JOIN {record_step(case.record)} AS stated\n  USING (position)\n"
    return (
        f"JOIN {record_step(step.record)} AS stated\n  ON stated.subject_id = opening.subject_id\n"
        "  AND stated.source = opening.source\n  AND stated.about = opening.reference\n"
    )


def code_field(catalogue: Catalogue, name: str) -> str | None:
    """The code field of the opening record on which lengths of time depend in this kind of case, if any."""
    case = catalogue.cases[name]
    lengths = [step.not_before for step in case.steps.values()]
    lengths += [stays for stays in _terms(catalogue, name) if not isinstance(stays, Until)]
    return next((length.by for length in lengths if isinstance(length, Term)), None)


def until_field(catalogue: Catalogue, name: str) -> str | None:
    """The date field of the opening record that sets how long a listing from this kind of case lasts, if any."""
    return next((stays.until for stays in _terms(catalogue, name) if isinstance(stays, Until)), None)


def _terms(catalogue: Catalogue, name: str) -> list[Period | Term | Until | None]:
    return [rule.stays for rule in catalogue.lists.values() if rule.case == name]


def _opening(field: str | None) -> str:
    return f"opening.{column(field)}" if field else "NULL"
