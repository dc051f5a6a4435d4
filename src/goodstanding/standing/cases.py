"""The dated steps of cases, as the records state them: what `procedure` is handed."""

from __future__ import annotations

from functools import cache

from goodstanding.catalogue.model import Case, Catalogue, Step, Term
from goodstanding.standing.latest import checked
from goodstanding.standing.text import column, literal, with_steps
from goodstanding.standing.typed import record_step, record_steps


@cache
def stated_steps_sql(catalogue: Catalogue) -> str | None:
    """Rows (case_position, subject_id, name, step, day, public_day, holds, position, code, published), or None."""
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
    holds = checked(catalogue, step.record or case.record, step.when) if step.when else "TRUE"
    return (
        f"SELECT opening.position AS case_position, opening.subject_id, {literal(name)} AS name,\n"
        f"  {literal(key)} AS step,\n"
        f"  stated.{column(step.on)} AS day, {public} AS public_day, {_qualified(holds)} AS holds,\n"
        f"  stated.position, {_code(catalogue, name, case)} AS code, opening.published\n"
        f"FROM {record_step(case.record)} AS opening\n{_joined(case, step)}WHERE stated.{column(step.on)} IS NOT NULL"
    )


def _joined(case: Case, step: Step) -> str:
    if step.record is None or step.record == case.record:
        return f"JOIN {record_step(case.record)} AS stated\n  USING (position)\n"
    return (
        f"JOIN {record_step(step.record)} AS stated\n  ON stated.subject_id = opening.subject_id\n"
        "  AND stated.source = opening.source\n  AND stated.about = opening.reference\n"
    )


def _qualified(condition: str) -> str:
    import re

    return re.sub(r'(?<!\.)"([a-z_0-9-]+)"', r'stated."\1"', condition)


def code_field(catalogue: Catalogue, name: str) -> str | None:
    """The code field of the opening record on which lengths of time depend in this kind of case, if any."""
    case = catalogue.cases[name]
    lengths = [step.not_before for step in case.steps.values()]
    lengths += [rule.stays for rule in catalogue.lists.values() if rule.case == name]
    return next((length.by for length in lengths if isinstance(length, Term)), None)


def _code(catalogue: Catalogue, name: str, case: Case) -> str:
    field = code_field(catalogue, name)
    return f"opening.{column(field)}" if field else "NULL"
