"""How soon authorities stated performance, settlement and annulment, in working days of the catalogue's calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from tests.registers import NOW

from goodstanding.oversight.reporting_period import ReportingWindow

pytestmark = pytest.mark.each_database

COURT, OTHER = "example-enforcement-court", "example-court"
YEAR = ReportingWindow(date(2026, 1, 1), date(2027, 1, 1), date(2026, 12, 1))
ENTERED = {
    "decided_by": "R. Example", "ground": "no-statement", "ability": "not-established", "served_on": "2026-03-02",
    "entered_on": "2026-03-23", "delete_on": "2029-03-02", "amount_due": 480000,
}  # fmt: skip


@pytest.fixture
def debtors(enact: Callable[..., int]) -> None:
    """The register has the catalogue of judgment debtors in force."""
    enact("judgment-debtors")


def state(record: str, number: int, fields: Mapping[str, Any], occurred: str, stated: str, by: str = COURT) -> None:
    """A record about the debtor of a number, stated on a day."""
    from goodstanding.ledger import store
    from goodstanding.register.storage.lifecycle import load_signer

    is_order = record == "order"
    reference = f"o{number}" if is_order else f"{record}-{number}"
    body = {
        "about": None if is_order else f"{COURT}/o{number}", "catalogue": "judgment-debtors", "feed": "none", "row": 1,
        "record": record, "source": by, "fields": dict(fields), "published": None, "occurred": occurred,
        "stated": stated, "reference": reference,
        "subject": {"identifiers": [f"uk-fhrs-row:8{number:0>5}"], "kind": "organisation", "name": f"Works {number}",
                    "names": [], "region": None, "sector": None},
    }  # fmt: skip
    store.append([store.EventDraft("RecordIssued", body, f"{by} {record} {reference}", None, "RecordIssued")], NOW,
                 load_signer())  # fmt: skip


def end_listing(number: int, stated: str, record: str = "satisfaction", by: str = COURT, **fields: Any) -> None:
    """An order that lists a debtor, and what ends the listing on Monday 1 June 2026, stated on another day."""
    state("order", number, ENTERED, "2026-03-02", "2026-03-02")
    state(record, number, fields or {"full": True}, "2026-06-01", stated, by)


def list_days(window: ReportingWindow = YEAR) -> list[tuple[str, int]]:
    """By listing that ended, whose it was and the working days until that was stated, shortest first."""
    from goodstanding.oversight.listings.end_delays import list_listing_ends
    from goodstanding.register.projection.projector import catch_up

    catch_up()
    ends = list_listing_ends(window)
    assert {end.within for end in ends} <= {3}
    return sorted((end.source, end.days) for end in ends)


@pytest.mark.parametrize(
    ("stated", "days"),
    [("2026-06-01", 0), ("2026-06-02", 1), ("2026-06-04", 3), ("2026-06-05", 4), ("2026-06-07", 4), ("2026-06-08", 5)],
)
def test_working_days_count_from_the_day_after_performance(debtors: None, stated: str, days: int) -> None:
    """Up to the day on which it was stated; Saturday and Sunday are none."""
    end_listing(1, stated)
    assert list_days() == [(COURT, days)]


def test_an_annulment_counts_for_the_authority_that_listed(debtors: None) -> None:
    """Whoever states it; an upheld entry, payment in part and a listing that goes on end nothing."""
    end_listing(1, "2026-06-03", "ruling", OTHER, outcome="annulled")
    end_listing(2, "2026-06-03", "ruling", OTHER, outcome="stayed")
    end_listing(3, "2026-06-03", full=False)
    state("order", 4, ENTERED, "2026-03-02", "2026-03-02")
    assert list_days() == [(COURT, 2)]


def test_an_end_counts_in_the_year_in_which_it_was_stated(debtors: None) -> None:
    """Not in that of performance, nor before the day at which it is looked."""
    end_listing(1, "2027-01-04")
    assert list_days() == []
    assert len(list_days(ReportingWindow(date(2027, 1, 1), date(2028, 1, 1), date(2027, 2, 1)))) == 1
    assert list_days(ReportingWindow(date(2027, 1, 1), date(2028, 1, 1), date(2027, 1, 2))) == []


def test_the_listing_ends_on_the_day_of_performance_however_late_that_is_stated(debtors: None) -> None:
    """The days to state it are the authority's duty, and lengthen no listing (charter article 14)."""
    from goodstanding.register.files.effects import list_effects
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.subjects import find_subject_id

    end_listing(1, "2026-09-01")
    assert list_days() == [(COURT, 66)]
    effects = list_effects(find_subject_id("uk-fhrs-row:800001"), [], PointInTime(NOW.date()))
    [listing] = [effect for effect in effects if effect.kind == "listing"]
    assert (listing.valid_from, listing.valid_to) == (date(2026, 3, 23), date(2026, 6, 1))


def test_small_counts_are_not_shown(debtors: None) -> None:
    """Neither is the longest of a source that has fewer than ten; with ten in time and ten late both are."""
    from goodstanding.oversight.listings.end_delays import measure_listing_ends

    for number in range(9):
        end_listing(number, "2026-06-02")
    assert list_days() == [(COURT, 1)] * 9
    few = measure_listing_ends(YEAR)
    assert (few.counts.all.total, dict(few.longest)) == (None, {})
    for number in range(9, 20):
        end_listing(number, "2026-06-02" if number < 10 else "2026-06-09")
    assert len(list_days()) == 20
    many = measure_listing_ends(YEAR)
    [line] = many.counts.lines
    assert (line.name, line.total, dict(line.parts)) == (COURT, 20, {"in-time": 10, "late": 10})
    assert dict(many.longest) == {COURT: 6, "": 6}


def test_the_longest_of_a_source_that_is_not_shown_is_nowhere(debtors: None) -> None:
    """Also not as the longest of all sources together."""
    from goodstanding.oversight.listings.end_delays import ListingEnd, disclose_listing_ends

    ends = [ListingEnd("one", 1, 3)] * 10 + [ListingEnd("one", 5, 3)] * 10 + [ListingEnd("few", 90, 3)] * 9
    assert "few" not in (longest := disclose_listing_ends(ends).longest)
    assert 90 not in longest.values()


def test_the_page_of_oversight_says_who_states_ends_late(debtors: None) -> None:
    """In the section, its table and the annual report alike: in time, late, the share, and the longest."""
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.web.oversight.annual_report import LOCAL_ADDRESSES
    from goodstanding.web.oversight.page import build_oversight_sections

    for number in range(20):
        end_listing(number, "2026-06-02" if number < 10 else "2026-06-09")
    catch_up()
    [section] = [
        built.section for built in build_oversight_sections(YEAR, LOCAL_ADDRESSES) if built.section.name == "ends"
    ]
    [finding] = section.findings
    assert finding.finding == "Of 20 ends 10 were stated late; the longest after 6 working days"
    cells = {row.title: [cell.value for cell in row.cells] for row in finding.tables[0].rows}
    assert [cells["All"][at] for at in (0, 1, 2, 3, 5)] == [10, 10, 20, 0.5, 6]


def test_a_year_without_ends_says_so(debtors: None) -> None:
    """And draws no table."""
    from goodstanding.web.oversight.annual_report import LOCAL_ADDRESSES
    from goodstanding.web.oversight.page import build_oversight_sections

    [section] = [
        built.section for built in build_oversight_sections(YEAR, LOCAL_ADDRESSES) if built.section.name == "ends"
    ]
    assert (section.findings, "neither good nor bad" in section.empty) == ([], True)
