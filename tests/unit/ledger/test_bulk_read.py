"""Connections to PostgreSQL are kept for the next who reads, and none that is broken or half-way is handed on."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import psycopg
import pytest

from goodstanding.ledger.bulk_read import IDLE_CONNECTIONS, close_idle_connections, lend_connection

pytestmark = pytest.mark.postgres


@pytest.fixture
def address(fresh_database: str) -> str:
    """An empty database with one table."""
    with psycopg.connect(fresh_database, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (value int)")
    return fresh_database


def query_value(connection: Any, statement: str) -> Any:
    """The one value that a statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def get_session(connection: Any) -> int:
    """Which of the server's sessions a connection is."""
    return query_value(connection, "SELECT pg_backend_pid()")


def test_a_connection_serves_the_next_who_reads(address: str) -> None:
    """One after the other they share a session; two at a time have one each, and few are kept."""
    with lend_connection(address) as connection:
        first = get_session(connection)
    with lend_connection(address) as connection, lend_connection(address) as other:
        assert get_session(connection) == first != get_session(other)
    with ExitStack() as stack:
        sessions = {get_session(stack.enter_context(lend_connection(address))) for _ in range(5)}
    assert len(sessions) == 5
    with psycopg.connect(address, autocommit=True) as connection:
        open_here = "SELECT count(*) FROM pg_stat_activity WHERE pid = ANY(%s)"
        assert (
            connection.execute(open_here, [list(sessions)]).fetchone()[0] <= IDLE_CONNECTIONS + 1
        )  # one may be leaving


def test_a_connection_that_the_server_ended_is_replaced(address: str) -> None:
    """Whoever reads after the server was started again notices nothing."""
    with lend_connection(address) as connection:
        ended = get_session(connection)
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [ended])
    with lend_connection(address) as connection:
        assert get_session(connection) != ended


def test_what_was_not_committed_is_gone_at_the_end(address: str) -> None:
    """Whether the block ends well or badly, the next reads nothing of what it left."""
    with lend_connection(address) as connection, connection.cursor() as cursor:
        cursor.execute("INSERT INTO kept VALUES (1)")
    with (
        pytest.raises(ZeroDivisionError),
        lend_connection(address) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("INSERT INTO kept VALUES (2)")
        raise ZeroDivisionError
    with lend_connection(address) as connection:
        assert query_value(connection, "SELECT count(*) FROM kept") == 0


def test_the_next_who_reads_sees_what_was_written_meanwhile(address: str) -> None:
    """A connection that waits holds no old moment."""
    with lend_connection(address) as connection:
        assert query_value(connection, "SELECT count(*) FROM kept") == 0
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("INSERT INTO kept VALUES (1)")
    with lend_connection(address) as connection:
        assert query_value(connection, "SELECT count(*) FROM kept") == 1


def test_forgotten_connections_are_closed(address: str) -> None:
    """Afterwards the database can be removed."""
    with lend_connection(address) as connection:
        first = get_session(connection)
    close_idle_connections()
    with lend_connection(address) as connection:
        assert get_session(connection) != first
    close_idle_connections()
