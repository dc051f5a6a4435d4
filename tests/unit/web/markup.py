"""What a page is made of and what a twin says, as tests compare them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any


class Markup(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.tags, self.attributes, self.addresses = "", set(), set(), []
        self.days, self.positions, self.subjects = set(), set(), set()
        self.ids, self.fields, self.labelled, self.language = [], set(), set(), ""
        self.count = {"h1": 0, "main": 0}
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Takes note of a tag."""
        values = dict(attributes)
        self.tags.add(tag)
        self.attributes |= set(values)
        self.count[tag] = self.count.get(tag, 0) + 1
        self.addresses += [values[name] for name in ("href", "src", "action") if values.get(name)]
        if tag == "time":
            self.days.add((values["datetime"] or "")[:10])
        if address := re.fullmatch(r"/ledger/(\d+)", values.get("href") or ""):
            self.positions.add(int(address[1]))
        if (values.get("href") or "").startswith("/subjects/"):
            self.subjects.add(
                (values["href"] or "").removeprefix("/subjects/").replace("%3A", ":").removesuffix(".json")
            )
        self._structure(tag, values)

    def _structure(self, tag: str, values: dict[str, str | None]) -> None:
        if values.get("id"):
            self.ids.append(values["id"])
        if tag == "html":
            self.language = values.get("lang") or ""
        if tag in ("input", "select", "textarea") and values.get("type") != "hidden":
            self.fields.add(values.get("id"))
        if tag == "label":
            self.labelled.add(values.get("for"))

    def handle_data(self, data: str) -> None:
        """Takes the text."""
        self.text += data


def list_leaves(value: Any) -> Iterator[Any]:
    """Every value of a JSON answer, keys of objects left out."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from list_leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from list_leaves(inner)
    else:
        yield value


def list_texts_under(value: Any, key: str) -> Iterator[str]:
    """Every text that stands under a key, wherever it is."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == key and isinstance(inner, str):
                yield inner
            yield from list_texts_under(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from list_texts_under(inner, key)


def list_days(texts: list[str]) -> set[str]:
    """The days that stand in texts."""
    return set(re.findall(r"\d{4}-\d{2}-\d{2}", json.dumps(texts)))
