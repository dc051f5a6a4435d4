"""A source finds its records again by the reference that it gave them; and how much is on file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests import clerk
from tests.register_fixtures import enact_catalogue_at_once, send_rows
from tests.scenarios import play_once

CAFE = "uk-fhrs-row:1"


@play_once
def cafe(files: Path) -> Any:
    """The newest record of an establishment that was rated twice; another was rated once."""
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id

    enact_catalogue_at_once("uk-food-hygiene")
    send_rows(files, "uk-fhrs", [clerk.uk_row(1), clerk.uk_row(2)])
    send_rows(files, "uk-fhrs", [clerk.uk_row(1, ratingvalue="4", hygiene="5"), clerk.uk_row(2)])
    return list_records(find_subject_id(CAFE))[0]


@pytest.mark.each_database
def test_a_record_is_found_by_its_reference_in_its_newest_version(cafe: Any) -> None:
    """By its own source alone; of a reference that was never given there is nothing."""
    from goodstanding.register.search.source_records import (
        find_first_source,
        find_newest_position,
        list_records_by_reference,
    )

    [record] = list_records_by_reference(cafe.source, cafe.reference)
    assert (record.position, record.title, record.occurred) == (cafe.position, cafe.title, cafe.occurred)
    assert (record.subject_name, record.withdrawn) == ("Example Café 1", False)
    assert list_records_by_reference("another", cafe.reference) == []
    assert find_newest_position(cafe.source, cafe.record, cafe.reference) == cafe.position
    assert find_newest_position(cafe.source, cafe.record, "never given") is None
    assert find_first_source(cafe.catalogue) == cafe.source
    assert find_first_source("no-such-catalogue") is None


@pytest.mark.each_database
def test_what_is_on_file_is_counted(cafe: Any) -> None:
    """Subjects, all versions of their records, cases, what is in force on a day; and what was received is listed."""
    from goodstanding.register.search import register_counts
    from goodstanding.register.search.statement_receipts import list_received_statements

    assert (register_counts.count_subjects(), register_counts.count_records(), register_counts.count_cases()) == (
        2, 3, 0,
    )  # fmt: skip
    assert register_counts.count_subjects_in_force(cafe.catalogue, date(2014, 7, 9)) == 2
    assert register_counts.count_subjects_in_force(cafe.catalogue, date(2014, 7, 8)) == 0
    statements = list_received_statements(cafe.catalogue)
    assert [statement.feed for statement in statements] == ["uk-fhrs", "uk-fhrs"]
    assert statements[0].position > statements[1].position
