"""The access question about a file: one place that knows which resource a subject, a record or a source is."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests import clerk
from tests.registers import NOW

import goodstanding
from goodstanding import config
from goodstanding.access import Actor, Resource, Role
from goodstanding.subjects import Identifier

SOURCE = Path(goodstanding.__file__).parent
CAFE = "uk-fhrs-row:1"
SETTLED = NOW.date() + timedelta(days=5)  # RECORD_WAITING_DAYS, whose module needs a register in use


def list_hand_made_resources() -> Iterator[str]:
    """The modules that build a resource themselves."""
    for module in sorted(SOURCE.rglob("*.py")):
        calls = (node.func for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Call))
        names = {call.id if isinstance(call, ast.Name) else getattr(call, "attr", "") for call in calls}
        if "Resource" in names:
            yield str(module.relative_to(SOURCE))


def test_nobody_builds_a_resource_by_hand() -> None:
    """But for the module that asks the question: an argument forgotten elsewhere would be a leak."""
    assert [module for module in list_hand_made_resources() if not module.startswith("access/")] == [
        "register/files/file_access.py"
    ]


@pytest.fixture
def cafe(hygiene: None, send: Callable[..., Any]) -> int:
    """A subject with a record of one source, taken in at `NOW`."""
    from goodstanding.register.files.subjects import find_subject_id

    send("uk-fhrs", [clerk.uk_row(1), clerk.uk_row(2)])
    return find_subject_id(CAFE)


@pytest.mark.each_database
def test_the_resource_of_a_subject_names_the_sources_whose_records_are_in_force(
    cafe: int, send: Callable[..., Any]
) -> None:
    """Its kind, its identifiers, and each source once, however often it corrected what it stated."""
    from goodstanding.register.files.file_access import get_subject_resource
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import get_subject

    send("uk-fhrs", [clerk.uk_row(1, ratingvalue="4", hygiene="5"), clerk.uk_row(2)])
    sources = frozenset(record.source for record in list_records(cafe))
    assert len(sources) == 1
    resource = get_subject_resource(get_subject(cafe), SETTLED)
    assert resource == Resource("establishment", frozenset({CAFE}), sources)


@pytest.mark.each_database
def test_a_source_that_withdrew_what_it_stated_is_no_party_of_the_file(cafe: int, send: Callable[..., Any]) -> None:
    """It reads its own events still, and nothing else; the file is not there for it."""
    from goodstanding.register.files.file_access import (
        find_visible_subject_id,
        list_party_sources,
        may_see_parties,
        may_see_record_as_party,
    )
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import get_subject

    [record] = list_records(cafe)
    actor, today = Actor(Role.SOURCE, record.source, "Ada"), SETTLED
    assert may_see_parties(get_subject(cafe), actor, today).allowed
    send("uk-fhrs", [clerk.uk_row(2)], stated="2015-03-16", name="without")
    assert list_party_sources(cafe, today) == frozenset()
    assert not may_see_parties(get_subject(cafe), actor, today).allowed
    assert find_visible_subject_id(Identifier.parse(CAFE), actor, PointInTime(today)) is None
    assert may_see_record_as_party(cafe, record.position, actor, today).allowed
    stranger = Actor(Role.SOURCE, "uk-fhrs-la:999", "Eve")
    assert not may_see_record_as_party(cafe, record.position, stranger, today).allowed


@pytest.mark.each_database
def test_a_fresh_record_opens_no_file_in_a_register_in_use(cafe: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some days after it was taken in its source is a party; in a demonstration, whose days are moved, at once."""
    from goodstanding.register.files.file_access import list_party_sources

    assert list_party_sources(cafe, SETTLED - timedelta(days=1)) == frozenset()
    assert len(list_party_sources(cafe, SETTLED)) == 1
    monkeypatch.setattr(config, "_current", replace(config.get_current_register(), demonstration=True))
    assert len(list_party_sources(cafe, NOW.date())) == 1
