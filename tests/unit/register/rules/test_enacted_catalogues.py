"""A version on file that this program cannot read or count with stops its catalogue, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.people import BOARD, CLERK, LISTED
from tests.register_fixtures import LIBRARY, enact_catalogue_at_once
from tests.registers import NOW

from goodstanding.catalogue import Catalogue, load_files
from goodstanding.errors import CatalogueError, UnknownKey
from goodstanding.ledger import store as ledger
from goodstanding.procedure.case_states import Act

DAY = NOW.date()
NAME = "procurement-exclusion"
pytestmark = [pytest.mark.each_database, pytest.mark.usefixtures("exclusion")]


def _make_version(version: int, calendar: str) -> Catalogue:
    texts = dict(LIBRARY[NAME].files)
    head = f"version: {version}\ncalendar: {calendar}" if calendar else f"version: {version}"
    texts["catalogue.yaml"] = texts["catalogue.yaml"].replace("version: 2", head, 1)
    return load_files(texts)


def _append_as_an_older_program_did(version: int, files: dict[str, str], digest: str) -> None:
    """Enacts a version without asking whether it can be used."""
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.storage.event_kinds import EventKind
    from goodstanding.register.storage.lifecycle import load_signer

    content = {
        "name": NAME, "version": version, "digest": digest, "day": DAY.isoformat(), "files": files, "charter": 1,
    }  # fmt: skip
    ledger.append([ledger.EventDraft(EventKind.CATALOGUE_ENACTED, content)], NOW, load_signer())
    catch_up()


def _open_case() -> Any:
    from goodstanding.register.cases.acts import append_act
    from goodstanding.register.cases.proposals import Proposal, propose_case

    proposal = Proposal(
        list=LISTED, kind="organisation", identifier="lei:529900T8BM49AURSDO55", name="Example Works", reference="B-1",
        occurred=DAY, text="Forged.", fields={"cause": "fraud", "sanction": "exclusion"},
    )  # fmt: skip
    position = propose_case(proposal, CLERK, DAY, NOW).position
    return append_act(position, Act.SERVE_NOTICE, CLERK, DAY, NOW, service="posted", proof="RR")


def test_a_calendar_that_there_is_not_is_not_put_into_force() -> None:
    """However a version reached its enactment, with the nearest code."""
    with pytest.raises(UnknownKey) as caught:
        enact_catalogue_at_once(_make_version(3, "GB-EN"))
    assert (caught.value.remedy or "").startswith("GB-ENG, ")
    assert (caught.value.where or "").startswith("catalogue.yaml, line ")


def test_a_case_goes_on_by_its_own_rules_when_a_later_version_names_no_calendar() -> None:
    """Pages, queues, a rebuild and a mended version: nothing ends because one version cannot be counted with."""
    from goodstanding.register.cases.case_file import get_case
    from goodstanding.register.cases.desks import WorkQueue, get_desk
    from goodstanding.register.cases.work_queues import count_queued_cases
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.projection.rebuild import rebuild_projection
    from goodstanding.register.rules.enacted_catalogues import list_catalogue_problems

    case_file, unusable = _open_case(), _make_version(3, "ZZ")
    _append_as_an_older_program_did(3, unusable.files, unusable.digest)
    assert "'ZZ'" in list_catalogue_problems()[NAME].message
    rebuild_projection()
    assert get_case(case_file.position).case.spans == case_file.case.spans
    assert count_queued_cases(get_desk(CLERK), PointInTime(DAY))[WorkQueue.WAITING] == 0  # its times cannot be told now
    assert count_queued_cases(get_desk(BOARD), PointInTime(DAY))
    enact_catalogue_at_once(_make_version(4, "CN"))
    assert list_catalogue_problems() == {}
    assert count_queued_cases(get_desk(CLERK), PointInTime(DAY))[WorkQueue.WAITING] == 1


def test_rules_that_cannot_be_read_give_no_outcome_and_hold_up_nothing() -> None:
    """The newest version counts: its catalogue is in force no more, the others are, and records keep their names."""
    from goodstanding.register.projection.rebuild import rebuild_projection
    from goodstanding.register.rules.enacted_catalogues import list_catalogue_problems, list_enacted, list_on_file

    enact_catalogue_at_once("uk-food-hygiene")
    _append_as_an_older_program_did(3, {"catalogue.yaml": "catalogue: [unended"}, "0" * 64)
    rebuild_projection()
    assert list(list_enacted()) == ["uk-food-hygiene"]
    assert list_on_file()[NAME].catalogue.version == 2
    assert isinstance(list_catalogue_problems()[NAME], CatalogueError)
    enact_catalogue_at_once(_make_version(4, ""))
    assert NAME in list_enacted()
    assert list_catalogue_problems() == {}


def test_a_deadline_is_never_counted_by_a_calendar_that_there_is_not() -> None:
    """What cannot be counted is said, not guessed."""
    from goodstanding.procedure.time_limits import build_terms

    terms = build_terms(_make_version(3, "ZZ"), "excluded-for-misconduct")
    with pytest.raises(CatalogueError, match="ZZ"):
        terms.over(DAY + timedelta(days=1), terms.reply, "subject")
