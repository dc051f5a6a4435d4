"""The body of a finding's event as canonical text, written by SQL over the finding's columns.

Canonical JSON (RFC 8785) has its keys in order; DuckDB escapes text as it asks, once control characters are gone (the
ledger looks at every body again). The kind stands between `before` and `after`, the version comes last: the ledger puts
in both. The digest says what is stated, without the day and the row: stated again, it changes nothing.
"""

from __future__ import annotations

import json

from goodstanding.catalogue.feeds import Feed
from goodstanding.standing.text import column, literal

Member = tuple[str, str]


def body(feed: Feed, catalogue: str, names: list[str]) -> str:
    """The columns key, before, after and digest, over the columns `names` of a finding."""
    first = [
        ("about", _of("about")),
        ("catalogue", _text(catalogue)),
        ("feed", _text(feed.feed)),
        ("fields", _fields(names)),
    ]
    said = [("occurred", _of("occurred")), ("published", _of("published")), ("record", _text(feed.record))]
    who = [("reference", _of("reference")), ("source", _of("source")), ("subject", _subject(feed, names))]
    row, stated = ("row", "CAST(row AS VARCHAR)"), ("stated", _of("stated"))
    after = [*said, who[0], row, who[1], stated, who[2]]
    return (
        f"source || {literal(f' {feed.record} ')} || reference AS key,\n"
        f"  concat('{{', {_members(first)}, ',\"kind\":\"') AS before,\n"
        f"  concat('\",', {_members(after)}) AS after,\n"
        f"  sha256(concat({_members([*first, *said, *who])})) AS digest"
    )


def _members(members: list[Member]) -> str:
    texts = [f"{literal(chr(34) + name + chr(34) + ':')}, {value}" for name, value in members]
    return ", ',', ".join(texts)


def _of(name: str) -> str:
    return f"coalesce(CAST(to_json({column(name)}) AS VARCHAR), 'null')"


def _text(text: str) -> str:
    return literal(json.dumps(text))


def _subject(feed: Feed, names: list[str]) -> str:
    members = [
        ("identifiers", _array(names, "i_")),
        ("kind", _text(feed.subject.kind)),
        ("name", _of("name")),
        ("names", _array(names, "n_")),
        ("region", _of("region")),
        ("sector", _of("sector")),
    ]
    return f"concat('{{', {_members(members)}, '}}')"


def _array(names: list[str], prefix: str) -> str:
    """The columns of a prefix as a JSON list; empty ones are left out."""
    return f"concat('[', {_joined([_json(name) for name in names if name.startswith(prefix)])}, ']')"


def _fields(names: list[str]) -> str:
    """The fields as a JSON object, those that are there."""
    fields = sorted(name.removeprefix("f_") for name in names if name.startswith("f_"))
    values = [f"{literal(chr(34) + field + chr(34) + ':')} || {_json('f_' + field)}" for field in fields]
    return f"concat('{{', {_joined(values)}, '}}')"


def _json(name: str) -> str:
    return f"CAST(to_json({column(name)}) AS VARCHAR)"


def _joined(values: list[str]) -> str:
    return f"concat_ws(',', {', '.join(values)})" if values else "''"
