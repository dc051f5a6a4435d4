"""What a register answers, as pages' twins and commands give it: recorded by an older version, asked again by this one.

Only what stands outside is asked (addresses, commands), so that the same questions can be put to every later version.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from goodstanding import config

ANYBODY = ""
LATER = "an instant after the register was kept"


def read_page(person: str, address: str) -> Any:
    """The answer to a request of somebody signed in, or of anybody: JSON where it is JSON, else text."""
    answer = _open_client(config.get_current_register().folder, person).get(address)
    if answer.headers["Content-Type"] == "application/json":
        return [answer.status_code, answer.json()]
    return [answer.status_code, answer.text]


@cache
def _open_client(folder: Path, person: str) -> Any:
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    if person:
        client.force_login(get_user_model().objects.get(username=person))
    return client


def run_command(*arguments: str, ends_with: int = 0) -> Any:
    """What a command prints, run in this process on the register in use: JSON where it prints JSON, else text."""
    from goodstanding.cli.app import app

    folder = config.get_current_register().folder
    with _environment(GOODSTANDING_REGISTER=str(folder)):
        done = CliRunner().invoke(app, list(arguments))
    config.activate_register(config.load_settings(folder))
    printed = done.stdout_bytes.decode()
    assert done.exit_code == ends_with, (arguments, printed, done.stderr, done.exception)
    return json.loads(printed) if "--json" in arguments else printed


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def blank_later_instants(value: Any, kept_at: datetime) -> Any:
    """An answer without the day and the instants at which it was asked for: they are after the register was kept."""
    if isinstance(value, dict):
        return {name: blank_later_instants(inner, kept_at) for name, inner in value.items() if name != "today"}
    if isinstance(value, list):
        return [blank_later_instants(inner, kept_at) for inner in value]
    return LATER if isinstance(value, str) and _is_after(value, kept_at) else value


def _is_after(text: str, kept_at: datetime) -> bool:
    if "T" not in text:
        return False
    try:
        return datetime.fromisoformat(text) > kept_at
    except (ValueError, TypeError):
        return False
