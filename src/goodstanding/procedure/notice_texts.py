"""The sentences of a notice: one table for each language, with days and figures as that language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from goodstanding.catalogue.compiler.packaged_data import read_packaged
from goodstanding.procedure.intervals import compute_last_day
from goodstanding.procedure.letters import clean_line

FactValue = str | bool | date
WORDS, ENGLISH = "notice_words.yaml", "en"
_KILO, _MEGA = 1_000, 1_000_000


def choose_table_language(wanted: str) -> str:
    """The language of the table that serves a wanted one best: `es` for es-MX, `zh-hans` for zh, English otherwise."""
    tables, tag = _load_tables(), wanted.strip().lower().replace("_", "-")
    near = (language for language in tables if language.partition("-")[0] == tag.partition("-")[0])
    return tag if tag in tables else next(near, ENGLISH)


def _load_tables() -> dict[str, dict[str, Any]]:
    return read_packaged("goodstanding.procedure", WORDS)


class NoticeSentences:
    """The sentences of one language, with the names that stand in their gaps."""

    def __init__(self, language: str, values: Mapping[str, str]) -> None:
        self.language, self.table = language, _load_tables()[language]
        self.values = values

    def __call__(self, *path: str, **gap_values: str) -> str:
        """The sentence at a path of the table, with its gaps filled; a name that ends in a full stop ends it too."""
        entry: Any = self.table
        for part in path:
            entry = entry[part]
        sentence = str(entry)
        for name in (name for name, value in self.values.items() if value.endswith(".")):
            sentence = sentence.replace(f"{{{name}}}.", f"{{{name}}}")
        return sentence.format(**self.values, **gap_values)

    def day(self, day: date) -> str:
        """A day in words that cannot be read as another one."""
        month = self.table["months"][day.month - 1]
        return str(self.table["day"]).format(day=day.day, month=month, year=day.year)

    def count(self, number: int) -> str:
        """A figure as this language groups it."""
        return f"{number:,}".replace(",", self.table["thousands"])

    def size(self, size: int) -> str:
        """The size of a file to read: 812 B, 214 kB, 3 MB."""
        if size < _KILO:
            return f"{size} B"
        unit, name = (_KILO, "kB") if size < _MEGA else (_MEGA, "MB")
        return f"{self.count(round(size / unit))} {name}"

    def fact(self, value: FactValue) -> str:
        """A value that somebody stated: a day and whether something holds in this language, a text as it is."""
        if isinstance(value, bool):
            return self("evidence", "holds" if value else "does-not-hold")
        return self.day(value) if isinstance(value, date) else clean_line(value)

    def by_day(self, part: str, kind: str, until: date | None) -> str:
        """A sentence with the last day before another, or the one for where no day is set."""
        if until is None:
            return self(part, f"{kind}-some-day")
        return self(part, kind, day=self.day(compute_last_day(until)))

    def untranslated(self, language: str) -> str:
        """That the words of rules are in another language than these sentences; empty where they are not."""
        rules_language = choose_table_language(language)
        return "" if rules_language == self.language else self("untranslated", rules_language)
