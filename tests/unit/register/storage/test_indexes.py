"""What is made at the end of a large load."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from goodstanding import config


@pytest.mark.each_database
def test_after_a_large_load_the_database_knows_its_effects(
    register: config.RegisterSettings, hygiene: None, send: Callable[..., Any]
) -> None:
    """PostgreSQL plans searches as for an empty table until it looks by itself: forty times slower ones."""
    from tests.clerk import uk_row

    from goodstanding.register.storage.indexes import defer_indexes
    from goodstanding.register.storage.queries import fetch_rows

    with defer_indexes():
        send("uk-fhrs", [uk_row(1), uk_row(2)])
    if register.postgres:
        assert fetch_rows("SELECT DISTINCT attname FROM pg_stats WHERE tablename = 'effect' AND attname = 'subject_id'")
    assert fetch_rows("SELECT count(*) FROM effect") == [(2,)]
