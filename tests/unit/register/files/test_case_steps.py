"""What entries say of the case behind them: its decision, and the acts that anybody may know of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.unit.register.cases.test_acts import COMPANY, DAY, append_case_act, case_after_decision

from goodstanding.procedure.case_states import Act
from goodstanding.register.storage import queries

pytestmark = pytest.mark.usefixtures("exclusion")


def list_company_effects(days: int) -> list[Any]:
    """All effects about the company, as looked at so many days after the proposal."""
    from goodstanding.register.files.effects import list_effects
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id

    subject_id = find_subject_id(COMPANY.scope)
    return list_effects(subject_id, list_records(subject_id), PointInTime(DAY + timedelta(days=days)))


@pytest.mark.each_database
def test_an_entry_names_the_case_that_decided_it_and_its_decision() -> None:
    """The listing and the measures that follow from it; what is asked afterwards is no decision."""
    case = append_case_act(case_after_decision(), Act.APPEAL, COMPANY, 20, text="The issuer erred.")
    effects = [effect for effect in list_company_effects(60) if effect.kind in ("listing", "restriction")]
    assert {effect.measure for effect in effects} >= {"excluded-for-misconduct", "no-contract"}
    assert {effect.case for effect in effects} == {case.position}
    assert all(f"case GS-{case.position}, by" in effect.sentences[-1] for effect in effects)


@pytest.mark.each_database
def test_what_preceded_a_decision_is_public_once_it_is_final() -> None:
    """The decision and its service at once, the notice only when nobody can appeal any more, the reply never."""
    from goodstanding.register.files.case_steps import list_public_acts

    case = case_after_decision()
    decision = [(Act.DECIDE, DAY + timedelta(days=12)), (Act.SERVE_DECISION, DAY + timedelta(days=13))]
    notice = (Act.SERVE_NOTICE, DAY + timedelta(days=1))
    assert list_public_acts(case.position, DAY + timedelta(days=14)) == decision
    assert list_public_acts(case.position, DAY + timedelta(days=100)) == [notice, *decision]
    assert list_public_acts(case.position + 10_000, DAY) == []


def test_the_decisions_behind_all_entries_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not once for each entry: as many questions to the tables for three entries of a case as for none."""
    statements: list[str] = []
    ask = queries._run_query

    def note(statement: str, parameters: Any) -> Any:
        statements.append(statement)
        return ask(statement, parameters)

    case_after_decision()
    monkeypatch.setattr(queries, "_run_query", note)
    assert len([effect for effect in list_company_effects(60) if effect.case is not None]) > 2
    assert len([statement for statement in statements if "FROM hearing" in statement]) == 1
