"""Who is found: by an identifier or a name, as far as the public may know of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.clerk import uk_row
from tests.registers import NOW


@pytest.mark.each_database
@pytest.mark.usefixtures("hygiene")
def test_a_natural_person_is_found_by_nothing(
    send: Callable[..., Any], assert_register_holds: Callable[[], None]
) -> None:
    """Neither by name nor by identifier, whatever is in force; no word of them stands in the index."""
    from goodstanding.ledger import store as ledger
    from goodstanding.ledger.models import Event
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.search.name_search import match_subjects
    from goodstanding.register.storage.event_kinds import EventKind
    from goodstanding.register.storage.lifecycle import load_signer
    from goodstanding.register.storage.queries import fetch_rows

    send("uk-fhrs", [uk_row(1, businessname="Golden Dragon")])
    body = json.loads(Event.objects.get(kind=EventKind.RECORD_ISSUED).body)
    person = {"kind": "person", "identifiers": ["uk-fhrs-row:77"], "name": "Ana Ejemplo"}
    content = {name: value for name, value in body.items() if name not in ("kind", "version")}
    content |= {"reference": "77", "subject": body["subject"] | person}
    key = f"{body['source']} {body['record']} 77"
    digest = hashlib.sha256(b"77").digest()
    ledger.append([ledger.EventDraft(EventKind.RECORD_ISSUED, content, key, digest)], NOW, load_signer())
    catch_up()
    now = PointInTime(date(2015, 3, 16))
    assert match_subjects("Golden Dragon", now).total == 1
    assert [match_subjects(words, now).total for words in ("Ana Ejemplo", "uk-fhrs-row:77")] == [0, 0]
    assert fetch_rows("SELECT searchable FROM subject WHERE kind = 'person'") == [("",)]
    assert_register_holds()
