"""The database's server may be started again while the program runs: whoever asks next notices nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from tests.site_register import DRAGON

from goodstanding import config

pytestmark = pytest.mark.each_database

ENDED = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s AND pid != pg_backend_pid()"
PAGES = (
    "/",
    "/search?q=golden+dragn",
    f"/subjects/{DRAGON}",
    "/ledger",
    "/sources",
    "/retention",
    "/oversight",
    "/v1/catalogues",
)


def test_every_page_opens_after_the_server_ended_all_connections(
    register: config.RegisterSettings, anybody: Any
) -> None:
    """Each request looks first whether its connection still answers."""
    from django.db import close_old_connections

    if not register.postgres:
        pytest.skip("an SQLite file has no server")
    for page in PAGES:
        expected = anybody.get(page).status_code
        assert expected == 200, page
        with psycopg.connect(register.database, autocommit=True) as server:
            name = urlsplit(register.database).path.lstrip("/")
            assert server.execute(ENDED, [name]).fetchone()[0]
        close_old_connections()  # as every request begins, but for a test's
        assert anybody.get(page).status_code == expected, page
