"""Addresses: none gets lost, none changes its name, and each is written once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

HOUSE = Path(str(files("goodstanding")))
KEPT = Path(__file__).with_name("addresses.txt")
ATTRIBUTE = re.compile(r"(?:href|action|formaction|src|value)=\"(/[a-z][^\"]*)")
FIRST = (
    "account applications cases catalogues charter desk file ledger lists oversight overseer refuses retention search"
)
FIRST += " laboratory sign-in sign-out sources subjects tlog v1"
WRITTEN = re.compile(rf"f?[\"']/(?:{'|'.join(FIRST.split())})(?:[/?{{][^\"']*)?[\"']")
TEMPLATES = sorted(str(file.relative_to(HOUSE)) for file in HOUSE.glob("*/templates/**/*.html"))
MODULES = sorted(str(file.relative_to(HOUSE)) for room in ("web", "portal") for file in (HOUSE / room).rglob("*.py"))
OF_THE_INTERFACE = {"portal/submissions/api/views.py"}


def _walk(patterns: Any, before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route, pattern.name or "-"


def test_every_address_is_there_under_its_name_and_no_other(register: Any) -> None:
    """The kept list holds every pattern with its name, in the order in which they are tried."""
    from django.urls import get_resolver

    kept = [tuple(line.split(" ")) for line in KEPT.read_text(encoding="utf-8").splitlines()]
    assert list(_walk(get_resolver().url_patterns)) == kept


def test_no_template_writes_an_address_by_hand() -> None:
    """Templates ask for addresses by their names."""
    written = {name: ATTRIBUTE.findall((HOUSE / name).read_text(encoding="utf-8")) for name in TEMPLATES}
    assert written
    assert not {name: addresses for name, addresses in written.items() if addresses}


def test_no_page_writes_an_address_by_hand() -> None:
    """Modules of the site and the portal ask for addresses by their names."""
    written = {name: WRITTEN.findall((HOUSE / name).read_text(encoding="utf-8")) for name in MODULES}
    assert not {name: texts for name, texts in written.items() if texts and name not in OF_THE_INTERFACE}
