"""What sources stated about a subject: all of it, or the one record at a position."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import clerk
from tests.register_fixtures import enact_catalogue_at_once, send_rows
from tests.scenarios import play_once

CAFE = "uk-fhrs-row:1"


@play_once
def cafe(files: Path) -> int:
    """The id of an establishment that was rated, and whose rating was then corrected; another stands beside it."""
    from goodstanding.register.files.subjects import find_subject_id

    enact_catalogue_at_once("uk-food-hygiene")
    send_rows(files, "uk-fhrs", [clerk.uk_row(1), clerk.uk_row(2)])
    send_rows(files, "uk-fhrs", [clerk.uk_row(1, ratingvalue="4", hygiene="5"), clerk.uk_row(2)])
    return find_subject_id(CAFE)


@pytest.mark.each_database
def test_a_record_is_found_by_its_position_as_it_stands_in_its_subject_s_file(cafe: int) -> None:
    """Each of a subject, replaced ones too, and whose it is; of a position that holds no record there is none."""
    from goodstanding.ledger import store as ledger
    from goodstanding.register.files.records import find_record, list_records

    records = list_records(cafe)
    assert [record.version for record in records] == [2, 1]
    assert [find_record(record.position) for record in records] == [(cafe, record) for record in records]
    assert find_record(0) is None
    assert find_record(ledger.get_ledger_size()) is None
