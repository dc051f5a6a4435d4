"""A sample of a year's records, drawn by nobody's choice, is compared with what the reviewer says of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.clerk import uk_row
from tests.proceedings import enact_by_proceeding
from tests.register_fixtures import LIBRARY
from tests.registers import NOW

from goodstanding.errors import BadDay, BadInput, NotFound
from goodstanding.ledger import store as ledger

OVER, NEXT = date(2027, 1, 1), datetime(2027, 2, 1, tzinfo=UTC)
ROWS = [uk_row(number) for number in range(1, 61)]


@pytest.fixture
def samples(enact: Callable[..., Any], send: Callable[..., Any]) -> Any:
    """The room of samples, in a register with sixty records of 2026."""
    from goodstanding.oversight.record_samples import sample_findings

    enact("uk-food-hygiene")
    send("uk-fhrs", ROWS, at=NOW)
    return sample_findings


def _draw(year: int = 2026) -> list[int]:
    from goodstanding.oversight.record_samples.sample_draw import draw_sample

    return [sampled.position for sampled in draw_sample(year, OVER)]


@pytest.mark.each_database
def test_a_sample_is_drawn_by_the_ledger_s_root_and_stays_the_same(samples: Any, send: Callable[..., Any]) -> None:
    """As many of each record type, not the first ones; what comes in the next year changes nothing of it."""
    drawn = _draw()
    assert len(drawn) == len(set(drawn)) == 20
    assert drawn != sorted(drawn)
    changed = [uk_row(number, hygiene="20") for number in range(1, 61)]
    send("uk-fhrs", changed, stated="2015-03-16", name="later", at=NEXT)
    assert _draw() == drawn


def test_nothing_is_drawn_of_a_year_that_goes_on(samples: Any) -> None:
    """Whoever could state more records could choose what is drawn; of a year without records nothing is."""
    from goodstanding.oversight.record_samples.sample_draw import draw_sample

    with pytest.raises(BadDay, match="before it is over"):
        draw_sample(2026, date(2026, 12, 31))
    assert _draw(2025) == []


def test_the_overseer_states_once_what_a_record_of_the_sample_is(samples: Any) -> None:
    """With a reason; a second time, of another record and without words it is refused, and nothing is on record."""
    position, *others = _draw()
    finding = samples.append_sample_finding(2026, position, False, "The field holds who complained.", "Olga", NEXT)
    assert (finding.described, finding.by, finding.day) == (False, "Olga", NEXT.date())
    size = ledger.get_ledger_size()
    with pytest.raises(BadInput, match="Olga stated on 2027-02-01"):
        samples.append_sample_finding(2026, position, True, "On second thoughts it is as described.", "Omar", NEXT)
    with pytest.raises(NotFound, match="not among the records drawn"):
        samples.append_sample_finding(2026, min({*range(size)} - {position, *others}), True, "Seen.", "Olga", NEXT)
    for reason in ("", " \n ", "a\x1b[2J"):
        with pytest.raises(BadInput):
            samples.append_sample_finding(2026, others[0], True, reason, "Olga", NEXT)
    assert ledger.get_ledger_size() == size


def test_what_is_stated_past_the_doors_counts_for_nothing(samples: Any) -> None:
    """A second finding of a record, one of a record that was not drawn, and one that cannot be read."""
    from goodstanding.oversight.record_samples.sample_figures import count_sample_findings
    from goodstanding.register.storage.lifecycle import load_signer

    position = _draw()[0]
    samples.append_sample_finding(2026, position, False, "Not what it says.", "Olga", NEXT)
    good = {"year": 2026, "beside": position, "described": True, "text": "Well.", "by": "X", "day": "2027-02-01"}
    bodies: list[dict[str, Any]] = [good, good | {"beside": 1}, {"year": "none"}]
    ledger.append([ledger.EventDraft("RecordSampled", body) for body in bodies], NEXT, load_signer())
    assert count_sample_findings(2026).counts == ((0, 1, 19),)


@pytest.mark.each_database
def test_an_erased_record_leaves_the_sample_with_what_was_found_of_it(samples: Any) -> None:
    """The next one takes its place; the words about it go with it."""
    from goodstanding.register.erasure.erasure_requests import ErasureGrounds, confirm_erasure, request_erasure

    position, *others = _draw()
    finding = samples.append_sample_finding(2026, position, True, "Seen on the form.", "Olga", NEXT)
    grounds = ErasureGrounds("unlawful", "It should never have been held.", "Example Act art. 9")
    confirm_erasure(request_erasure([position], grounds, "Ada", NEXT).position, "Ben", NEXT)
    assert next(ledger.read_entries(finding.position, finding.position + 1)).body is None
    assert samples.list_sample_findings(2026) == {}
    assert (_draw()[:19], len(_draw())) == (others, 20)


def test_each_record_is_shown_beside_the_reviewer_s_answers(samples: Any) -> None:
    """Its values, and what the reviewer says of type, field and code; nothing where nobody answered."""
    from goodstanding.oversight.record_samples.sample_sheets import list_sample_sheets

    sheets = list_sample_sheets(2026, OVER)
    assert [sheet.position for sheet in sheets] == _draw()
    assert {field.field for field in sheets[0].fields} >= {"hygiene", "status"}
    assert {(sheet.answer, sheet.finding) for sheet in sheets} == {(None, None)}


@pytest.mark.usefixtures("asked_proceedings")
def test_the_answers_under_which_the_rules_are_in_force_stand_beside_the_records(send: Callable[..., Any]) -> None:
    """Those that the reviewer signed, of the type, each field and the code in it."""
    from goodstanding.oversight.record_samples.sample_sheets import list_sample_sheets
    from goodstanding.register.projection.projector import catch_up

    enact_by_proceeding(LIBRARY["uk-food-hygiene"], NOW + timedelta(days=33))
    catch_up()
    send("uk-fhrs", ROWS[:3], at=NOW + timedelta(days=34))
    sheet, *_others = list_sample_sheets(2026, OVER)
    [status] = [field for field in sheet.fields if field.field == "status"]
    answers = [answer.place for answer in (sheet.answer, status.answer, status.code) if answer]
    assert answers == [
        "records.inspection", "records.inspection.fields.status", "records.inspection.fields.status.one_of.rated",
    ]  # fmt: skip


def test_the_annual_report_publishes_the_figures_without_the_small_ones(samples: Any) -> None:
    """How many were drawn and looked at; three that are not as described are not told."""
    from goodstanding.web.oversight.annual_report import build_annual_report

    for number, position in enumerate(_draw()[:15]):
        samples.append_sample_finding(2026, position, number >= 3, "Compared with the form.", "Olga", NEXT)
    report = build_annual_report(2026, NEXT.date())
    [section] = [section for section in report.sections if section.name == "samples"]
    [row, *_all] = section.findings[0].tables[0].rows
    assert row.name == "uk-food-hygiene/inspection"
    assert [cell.text for cell in row.cells][-1] == "20"
    assert "3" not in [cell.text for cell in row.cells]
    draft = build_annual_report(2027, NEXT.date())
    [going_on] = [section for section in draft.sections if section.name == "samples"]
    assert going_on.empty
