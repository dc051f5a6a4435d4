"""A page is one look: what is asked again is answered as before, until the projection has changed."""

from __future__ import annotations

import pytest

from goodstanding import config
from goodstanding.ledger import store as ledger
from goodstanding.ledger.read_cache import invalidate_read_cache, open_read_cache
from goodstanding.register.storage import queries
from goodstanding.register.storage.queries import fetch_rows

SIZE = "SELECT size FROM progress"
pytestmark = [pytest.mark.each_database, pytest.mark.usefixtures("register_folder")]


@pytest.fixture
def asked_statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that reached the database."""
    statements: list[str] = []
    real = queries._run_query
    monkeypatch.setattr(
        queries, "_run_query", lambda statement, parameters: statements.append(statement) or real(statement, parameters)
    )
    return statements


def test_a_question_is_asked_once_in_a_look_and_again_after_it(asked_statements: list[str]) -> None:
    """Inside a look the second answer is the first; outside every question reaches the database."""
    with open_read_cache():
        assert fetch_rows(SIZE) == fetch_rows(SIZE)
        assert len(asked_statements) == 1
    fetch_rows(SIZE)
    fetch_rows(SIZE)
    assert len(asked_statements) == 3


def test_an_answer_that_is_changed_by_who_got_it_changes_nobody_else_s() -> None:
    """Each gets rows of its own."""
    with open_read_cache():
        first = fetch_rows(SIZE)
        first.append(("mine",))
        assert ("mine",) not in fetch_rows(SIZE)


def test_other_parameters_are_another_question(
    asked_statements: list[str], register_folder: config.RegisterSettings
) -> None:
    """The parameters are part of the question; a list is one of them on PostgreSQL."""
    statement = "SELECT CAST(%s AS TEXT)"
    with open_read_cache():
        assert [fetch_rows(statement, [value]) for value in ("a", "b", "a")] == [[("a",)], [("b",)], [("a",)]]
        assert len(asked_statements) == 2
        if register_folder.postgres:
            listed = "SELECT count(*) FROM progress WHERE size = ANY(%s)"
            assert fetch_rows(listed, [[1, 2]]) == fetch_rows(listed, [[1, 2]])


def test_once_the_projection_has_changed_it_is_asked_anew(asked_statements: list[str]) -> None:
    """Bringing the projection up to date ends what was remembered."""
    with open_read_cache():
        fetch_rows(SIZE)
        invalidate_read_cache()
        fetch_rows(SIZE)
    assert len(asked_statements) == 2


def test_who_has_waited_for_the_lock_asks_anew(asked_statements: list[str]) -> None:
    """What somebody else wrote meanwhile is seen before anything is written on top of it."""
    with open_read_cache():
        fetch_rows(SIZE)
        with ledger.hold_append_lock():
            fetch_rows(SIZE)
    assert len(asked_statements) == 2
