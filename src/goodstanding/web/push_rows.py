"""The rows that a program sends: a JSON array of objects, or JSON lines; each becomes one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from goodstanding.catalogue.feeds import Feed
from goodstanding.errors import BadFile, BadInput
from goodstanding.register import canonical, limits
from goodstanding.register.reading import ADDED
from goodstanding.register.stating import Way

ARRAY, LINES = "application/json", ("application/x-ndjson", "application/jsonl")
TYPES = (ARRAY, *LINES)
_RAW = msgspec.json.Decoder(list[msgspec.Raw])


def rows(body: bytes, content_type: str, chosen: Way, where: str) -> list[bytes]:
    """The rows of a body, a line each; raises BadInput or BadFile for what cannot be rows of this feed."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in TYPES:
        raise BadInput(_("Rows are sent as JSON."), where="Content-Type", remedy=", ".join(TYPES))
    found = _array(body) if kind == ARRAY else _lines(body)
    if not found:
        raise BadInput(_("There are no rows."), where=where, remedy=_("at least one row"))
    limits.refuse_more(len(found), where)
    made = [_flat(line) for line in found] if not chosen.declared else found
    _check_names(made, chosen, where)
    return made


def _array(body: bytes) -> list[bytes]:
    try:
        body.decode()
        return [bytes(one).replace(b"\n", b" ").replace(b"\r", b" ") for one in _RAW.decode(body)]
    except (ValueError, msgspec.DecodeError, RecursionError) as error:
        raise BadInput(
            _("This is no JSON array of rows."), where=str(error)[:200], remedy='[{"column": "value"}]'
        ) from error


def _lines(body: bytes) -> list[bytes]:
    try:
        body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(_("This is not in UTF-8."), where=f"byte {error.start}", remedy="UTF-8") from error
    stripped = (line.strip() for line in body.removeprefix(b"\xef\xbb\xbf").split(b"\n"))
    return [line for line in stripped if line]


def _flat(line: bytes) -> bytes:
    """A row in the canonical form may be written as an event is: `subject` and `fields` as objects of their own."""
    row = _object(line)
    if not any(isinstance(value, dict | list) for value in row.values()):
        return line
    flat = dict(pair for name, value in row.items() for pair in _pairs(name, value))
    return msgspec.json.encode(flat)


def _pairs(name: str, value: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(value, dict):
        for inner, one in value.items():
            yield from _pairs(f"{name}.{inner}", one) if name == "subject" else [(f"{name}.{inner}", one)]
    elif name == canonical.IDENTIFIERS and isinstance(value, list) and all(isinstance(one, str) for one in value):
        yield name, " ".join(value)
    else:
        yield name, value


def _object(line: bytes) -> dict[str, Any]:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


def _check_names(lines: Iterable[bytes], chosen: Way, where: str) -> None:
    known = _known(chosen.feed) | set(chosen.columns)
    for number, line in enumerate(lines, 1):
        odd = next((name for name in _object(line) if name not in known), None)
        if odd is not None:
            said = _("The feed %(feed)s has no such column.") % {"feed": chosen.name}
            raise BadFile(said, where=f"{where}, row {number}: {odd[:100]}", remedy=", ".join(chosen.columns)[:500])


def _known(feed: Feed) -> set[str]:
    return {*feed.columns(), *feed.ignored, *ADDED}
