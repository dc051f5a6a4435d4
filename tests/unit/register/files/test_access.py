"""The access question about a file: one place that knows which resource a subject, a record or a source is."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests import clerk

import goodstanding
from goodstanding.access import Resource

SOURCE = Path(goodstanding.__file__).parent
CAFE = "uk-fhrs-row:1"


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


@pytest.mark.each_database
def test_the_resource_of_a_subject_names_all_who_ever_stated_something(hygiene: None, send: Callable[..., Any]) -> None:
    """Its kind, its identifiers, and the source of every record, replaced ones too, each once."""
    from goodstanding.register.files.file_access import get_subject_resource
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id, get_subject

    send("uk-fhrs", [clerk.uk_row(1), clerk.uk_row(2)])
    send("uk-fhrs", [clerk.uk_row(1, ratingvalue="4", hygiene="5"), clerk.uk_row(2)])
    subject = get_subject(find_subject_id(CAFE))
    sources = frozenset(record.source for record in list_records(subject.id))
    assert sources
    assert get_subject_resource(subject) == Resource("establishment", frozenset({CAFE}), sources)
    assert get_subject_resource(subject, in_force_now=True).in_force_now
