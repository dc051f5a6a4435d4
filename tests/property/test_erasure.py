"""Random histories of records issued, corrected, withdrawn and erased: the ledger verifies, and no word is left."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.profiles import share_of_examples
from tests.register_fixtures import ENACTED, LIBRARY
from tests.registers import NOW

from goodstanding import config

pytestmark = pytest.mark.each_database

SOURCE, RECORD = "uk-fhrs-la:102", "inspection"
WHY = ("unlawful", "It should never have been held.", "Example Act art. 9")
_rounds = itertools.count()
_called = st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True)
_issue = st.tuples(st.just("issue"), st.integers(0, 4), _called)
_other = st.tuples(st.sampled_from(["withdraw", "erase", "project"]), st.integers(0, 4), st.just([0]))
histories = st.lists(_issue | _other, min_size=3, max_size=14)


class History:
    """A history in the register: what each record's events said, and which of them were erased."""

    def __init__(self) -> None:
        self.round = next(_rounds)
        self.events_of: dict[int, list[tuple[int, set[str]]]] = {}
        self.gone: set[int] = set()
        self.count = 0

    def issue(self, record: int, called: list[int]) -> None:
        """States a record anew, in words that nothing else says; not one that was erased."""
        if record in self.gone:
            return
        self.count += 1
        # two digits: no place is the beginning of another, which would be taken for it
        name, place = f"Quagga{self.round}x{self.count} Söhne", f"Place{self.round}x{self.count:02}"
        identifiers = [self._identifier(label) for label in called]
        body = {
            "about": None, "catalogue": "uk-food-hygiene", "feed": "uk-fhrs", "record": RECORD, "source": SOURCE,
            "fields": {"status": "rated", "hygiene": 5, "structural": 5, "confidence": 5}, "published": "5",
            "occurred": f"2014-0{self.count % 9 + 1}-11", "stated": "2015-02-16", "row": self.count,
            "reference": self._reference(record),
            "subject": {"identifiers": identifiers, "kind": "establishment", "name": name, "names": [],
                        "region": place, "sector": None},
        }  # fmt: skip
        words = {name, place, *identifiers, self._reference(record)}
        self._append("RecordIssued", "RecordCorrected", record, body, words)

    def withdraw(self, record: int) -> None:
        """Withdraws a record that is on file."""
        if record in self.events_of and record not in self.gone:
            body = {"catalogue": "uk-food-hygiene", "record": RECORD, "source": SOURCE, "stated": "2015-03-16",
                    "reference": self._reference(record), "reason": "left out"}  # fmt: skip
            self._append("RecordWithdrawn", "RecordWithdrawn", record, body, {self._reference(record)})

    def erase(self, record: int) -> None:
        """Erases a record with all its versions."""
        from goodstanding.register.erasure.erasure_requests import ErasureGrounds, confirm_erasure, request_erasure

        if record in self.events_of and record not in self.gone:
            request = request_erasure([self.events_of[record][-1][0]], ErasureGrounds(*WHY), "Ada Asker", NOW)
            done = confirm_erasure(request.position, "Ben Confirmer", NOW)
            assert done.erased == tuple(position for position, _words in self.events_of[record])
            assert done.washed
            self.gone.add(record)

    def words(self) -> tuple[set[str], set[str]]:
        """What was said and must be gone, and what still stands."""
        kept = {
            word
            for record, events in self.events_of.items()
            if record not in self.gone
            for _at, words in events
            for word in words
        }
        every = {word for events in self.events_of.values() for _at, words in events for word in words}
        return every - kept, kept

    def positions(self) -> set[int]:
        """The positions of what was erased."""
        return {position for record in self.gone for position, _words in self.events_of[record]}

    def _append(self, kind: str, again: str, record: int, body: dict[str, Any], words: set[str]) -> None:
        from goodstanding.ledger import store
        from goodstanding.register.storage.lifecycle import load_signer

        key = f"{SOURCE} {RECORD} {self._reference(record)}"
        [position] = store.append([store.EventDraft(kind, body, key, None, again)], NOW, load_signer()).positions
        assert position is not None
        self.events_of.setdefault(record, []).append((position, words))

    def _reference(self, record: int) -> str:
        return f"Ref{self.round}r{record}"

    def _identifier(self, number: int) -> str:
        return f"uk-fhrs-row:{self.round:04}77{number}"


@pytest.fixture
def hygienic(register_folder: config.RegisterSettings) -> config.RegisterSettings:
    """A register with the catalogue uk-food-hygiene in force."""
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue

    enact_catalogue(LIBRARY["uk-food-hygiene"], ENACTED, NOW)
    catch_up()
    return register_folder


@settings(max_examples=share_of_examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=histories)
@example([("issue", 0, [0]), ("issue", 0, [1]), ("issue", 1, [0]), ("project", 0, [0]), ("erase", 1, [0])])
@example([("issue", 0, [1]), ("issue", 1, [0]), ("issue", 2, [0, 1]), ("project", 0, [0]), ("erase", 0, [0])])
@example([("issue", 0, [0, 1]), ("issue", 1, [0]), ("issue", 2, [1]), ("withdraw", 1, [0]), ("erase", 0, [0])])
@example([("issue", 0, [0]), ("withdraw", 0, [0]), ("project", 0, [0]), ("withdraw", 0, [0]), ("project", 0, [0])])
def test_after_any_history_the_register_holds_and_says_no_word_of_what_was_erased(
    hygienic: config.RegisterSettings, steps: list[tuple[str, int, list[int]]]
) -> None:
    """Tables are those of a fresh projection, no effect rests on what is gone, and nobody can read a word of it."""
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.projection.verification import verify_register

    history = History()
    for step, record, called in steps:
        if step == "issue":
            history.issue(record, called)
        elif step == "project":
            catch_up()
        else:
            getattr(history, step)(record)
    assert verify_register().findings == ()
    gone, kept = history.words()
    texts = list(list_texts())
    assert [word for word in gone if any(word in text for text in texts)] == []
    assert [word for word in kept if not any(word in text for text in texts)] == []
    assert not (history.positions() & list_cited_positions())
    if not hygienic.postgres:
        content = b"".join(path.read_bytes() for path in hygienic.folder.rglob("*") if path.is_file())
        assert [word for word in gone if word.encode() in content] == []


def list_texts() -> Iterator[str]:
    """Every row of every table, durable or projected, as text; but for the search, which says it in single letters."""
    from django.db import connections

    from goodstanding.register.storage.connections import is_postgres
    from goodstanding.register.storage.queries import fetch_rows

    names = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    if not is_postgres():
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'subject_search%'"
    with connections["default"].cursor() as cursor:
        cursor.execute(names.replace("%", "%%"))
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{name}"')
            yield from (
                str([bytes(value) if isinstance(value, memoryview) else value for value in row]) for row in cursor
            )
    for (name,) in fetch_rows(names):
        yield from (str(row) for row in fetch_rows(f'SELECT * FROM "{name}"'))


def list_cited_positions() -> set[int]:
    """The positions that any stored effect or interval rests on, or that any record has."""
    import json

    from goodstanding.register.storage.queries import fetch_rows

    because = [row for table in ("effect", "case_interval") for row in fetch_rows(f"SELECT because FROM {table}")]
    records = {position for (position,) in fetch_rows("SELECT position FROM record")}
    return records | {position for (text,) in because for position in json.loads(text)}
