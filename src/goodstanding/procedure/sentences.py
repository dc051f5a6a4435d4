"""The sentences of a notice: one table for each language, with days and figures as that language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from goodstanding.catalogue.packaged_data import read_packaged

WORDS, ENGLISH = "notice_words.yaml", "en"


def language_of(wanted: str) -> str:
    """The language of the table that serves a wanted one best: `es` for es-MX, `zh-hans` for zh, English otherwise."""
    known, asked = _words(), wanted.strip().lower().replace("_", "-")
    near = (one for one in known if one.partition("-")[0] == asked.partition("-")[0])
    return asked if asked in known else next(near, ENGLISH)


def _words() -> dict[str, dict[str, Any]]:
    return read_packaged("goodstanding.procedure", WORDS)


class Sentences:
    """The sentences of one language, with the names that stand in their gaps."""

    def __init__(self, language: str, values: Mapping[str, str]) -> None:
        self.table: Mapping[str, Any] = _words()[language]
        self.values = values

    def __call__(self, *path: str, **more: str) -> str:
        """The sentence at a path of the table, with its gaps filled; a name that ends in a full stop ends it too."""
        found: Any = self.table
        for part in path:
            found = found[part]
        sentence = str(found)
        for name in (name for name, value in self.values.items() if value.endswith(".")):
            sentence = sentence.replace(f"{{{name}}}.", f"{{{name}}}")
        return sentence.format(**self.values, **more)

    def day(self, day: date) -> str:
        """A day in words that cannot be read as another one."""
        month = self.table["months"][day.month - 1]
        return str(self.table["day"]).format(day=day.day, month=month, year=day.year)

    def count(self, number: int) -> str:
        """A figure as this language groups it."""
        return f"{number:,}".replace(",", self.table["thousands"])
