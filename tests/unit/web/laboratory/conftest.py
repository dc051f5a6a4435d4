"""A folder for reports that the small register shows, and a report to change."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from goodstanding import config
from goodstanding.web.laboratory.report_files import FINISHED

NAME = "apples-and-oranges"


@pytest.fixture
def reports(register: config.RegisterSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the register's own reports; empty."""
    folder = tmp_path / "reports"
    folder.mkdir()
    monkeypatch.setattr(config, "_current", replace(register, laboratory=str(folder)))
    return folder


@pytest.fixture
def report() -> dict[str, Any]:
    """A finished report, as plain values."""
    return json.loads((FINISHED / f"{NAME}.json").read_bytes())


@pytest.fixture
def put_report(reports: Path) -> Callable[..., Path]:
    """Puts a report into the register's folder, under its own name or another."""

    def put(report: dict[str, Any], name: str = NAME) -> Path:
        file = reports / f"{name}.json"
        file.write_text(json.dumps(report), encoding="utf-8")
        return file

    return put
