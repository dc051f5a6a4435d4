"""What follows from an earlier version of the rules is told in the words of that version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.registers import NOW
from tests.unit.charter.test_lawful_trades import FILES

from goodstanding.access import ANYBODY
from goodstanding.catalogue import load_files, overlay_catalogue
from goodstanding.errors import CatalogueError

FIRM = "lei:MERROW000000RIVER333"
FEED = """\
feed: inspections
title: Inspections
record: inspection
source: {text: council-1}
reference: number
subject: {kind: organisation, identifiers: [{scheme: lei, value: lei}], name: firm}
occurred: day
fields: {first: first, second: second}
"""
VISIT = {"number": "1", "lei": FIRM[4:], "firm": "A firm", "day": "2026-03-02", "first": "8", "second": "9"}
PASSED_OR_FAILED = [{"grade": "passed", "title": "Passed", "at_most": 9}, {"grade": "failed", "title": "Failed"}]


def get_grade() -> Any:
    """The grade in the firm's file, as anybody sees it."""
    from goodstanding.ledger import store
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.subject_file import get_subject_file

    [grade] = get_subject_file(FIRM, PointInTime(NOW.date()), ANYBODY, store.get_ledger_size()).grades
    return grade


OTHER_RULES: tuple[dict[str, Any], ...] = (
    {"schemes.grade.bands": PASSED_OR_FAILED},
    {"schemes.grade.bands.2.title": "Worst of all"},
    {"schemes.grade.title": "Mark", "schemes.grade.score": "2 * second", "schemes.grade.bands.2.title": "Bad"},
)


@pytest.mark.each_database
def test_a_grade_of_an_earlier_version_keeps_its_words(enact: Callable[..., int], send: Callable[..., Any]) -> None:
    """Also when the rules since then have fewer grades, other titles or another score; and the file's page opens."""
    from django.test import Client

    rules = load_files({**FILES, "feeds/inspections.yaml": FEED})
    enact(rules)
    send("inspections", [VISIT], stated="2026-06-30")
    before = get_grade()
    for version, changes in enumerate(OTHER_RULES, 2):
        enact(overlay_catalogue(rules, {"version": version, "in_force": f"2026-07-0{version}", **changes}))
        after = get_grade()
        assert (after.title, after.value, after.value_title) == (before.title, before.value, before.value_title)
        assert (after.sentences, after.valid_from, after.version) == (before.sentences, before.valid_from, 1)
        page = Client(headers={"host": "localhost"}).get(f"/subjects/{FIRM}")
        assert page.status_code == 200
        assert before.sentences[0] in page.text


def test_a_version_keeps_the_types_of_records_on_file(enact: Callable[..., int], send: Callable[..., Any]) -> None:
    """A version without one would leave records that nobody can name; one without what follows from it is lawful."""
    from goodstanding.register.rules.enactment import publish_draft
    from goodstanding.register.rules.enactments.record_continuity import refuse_if_records_dropped

    rules = load_files({**FILES, "feeds/inspections.yaml": FEED})
    enact(rules)
    send("inspections", [VISIT], stated="2026-06-30")
    graded = overlay_catalogue(load_files(FILES), {"version": 2, "schemes": None})
    without = overlay_catalogue(graded, {"records.inspection": None})
    with pytest.raises(CatalogueError, match="Records of the type inspection are on file") as refusal:
        publish_draft(without, "Ada", NOW)
    assert "keep it under `records`" in str(refusal.value)
    refuse_if_records_dropped(graded)


SCORE = {"title": "First points", "kind": "score", "required": True}
RETYPED: dict[str, dict[str, Any]] = {
    "text": {**SCORE, "type": "text", "public": False},
    "a code": {**SCORE, "type": "code", "one_of": ["8", "9"]},
    "a yes or no": {**SCORE, "type": "boolean"},
    "a day": {**SCORE, "type": "date"},
    "several codes": {**SCORE, "type": "codes", "one_of": ["8", "9"]},
}


@pytest.mark.parametrize("means", RETYPED)
def test_a_version_keeps_the_types_of_fields_on_file(
    enact: Callable[..., int], send: Callable[..., Any], means: str
) -> None:
    """Where no record is on file, or under a new name, it may change."""
    from goodstanding.register.rules.enactment import publish_draft
    from goodstanding.register.rules.enactments.record_continuity import refuse_if_records_dropped

    rules = load_files({**FILES, "feeds/inspections.yaml": FEED})
    enact(rules)
    changed = {"version": 2, "schemes": None, "records.inspection.fields.first": RETYPED[means]}
    retyped = overlay_catalogue(load_files(FILES), changed)
    refuse_if_records_dropped(retyped)
    send("inspections", [VISIT], stated="2026-06-30")
    with pytest.raises(CatalogueError, match="the field first is integer") as refusal:
        publish_draft(retyped, "Ada", NOW)
    assert "a field of another name" in str(refusal.value)
    assert "records.inspection.fields.first" in str(refusal.value)
    renamed = {"version": 2, "schemes": None, "records.inspection.fields.third": RETYPED[means]}
    refuse_if_records_dropped(overlay_catalogue(load_files(FILES), renamed))


def test_a_field_that_was_left_out_does_not_come_back_as_another(
    enact: Callable[..., int], send: Callable[..., Any]
) -> None:
    """Every version that is on file counts, not the newest alone."""
    from goodstanding.register.rules.enactments.record_continuity import refuse_if_records_dropped

    rules = load_files({**FILES, "feeds/inspections.yaml": FEED})
    enact(rules)
    send("inspections", [VISIT], stated="2026-06-30")
    without = {"schemes": None, "records.inspection.fields.first": None}
    enact(overlay_catalogue(load_files(FILES), {"version": 2, "in_force": "2026-07-02", **without}))
    again = {"version": 3, "schemes": None, "records.inspection.fields.first": RETYPED["text"]}
    with pytest.raises(CatalogueError, match="the field first is integer"):
        refuse_if_records_dropped(overlay_catalogue(load_files(FILES), again))
