"""The form of a page as a browser would send it: what stands in its fields, and which of them are wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from threading import Barrier
from typing import Any


def post_at_once(forms: Mapping[str, tuple[Any, str, dict[str, str]]]) -> dict[str, Any]:
    """The answers to forms that several people send at one instant: by name a client, an address, and what it sends."""
    from django.db import connections

    from goodstanding.register.storage.connections import close_reader

    start = Barrier(len(forms))

    def post(form: tuple[Any, str, dict[str, str]]) -> Any:
        client, address, typed = form
        try:
            start.wait()
            return client.post(address, typed)
        finally:
            connections.close_all()
            close_reader()

    with ThreadPoolExecutor(len(forms)) as senders:
        return dict(zip(forms, senders.map(post, forms.values()), strict=True))


class Form(HTMLParser):
    """The fields of a page's forms that are sent by POST: names and values, and the ids of wrong fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.hidden: dict[str, str] = {}
        self.wrong = set(re.findall(r'class="error" id="([^"]+)-e"', page))
        self._posts, self._select, self._text = False, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a field and its value."""
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._posts = attributes.get("method") == "post"
        if not self._posts:
            return
        name = attributes.get("name", "")
        if tag == "input" and name != "csrfmiddlewaretoken" and attributes.get("type") != "file":
            (self.hidden if attributes.get("type") == "hidden" else self.fields)[name] = attributes.get("value", "")
        elif tag == "select":
            self._select = name
            self.fields[name] = ""
        elif tag == "option" and "selected" in attributes:
            self.fields[self._select] = attributes.get("value", "")
        elif tag == "textarea":
            self._text = name
            self.fields[name] = ""

    def handle_endtag(self, tag: str) -> None:
        """Notes where a text ends."""
        if tag == "textarea":
            self._text = ""

    def handle_data(self, data: str) -> None:
        """Notes what stands in a text."""
        if self._text:
            self.fields[self._text] += data

    @property
    def all(self) -> dict[str, str]:
        """Everything that the form sends."""
        return self.hidden | self.fields
