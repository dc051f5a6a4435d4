"""What a feed must satisfy: it fills fields that exist, with codes that exist, from a source that exists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches

from goodstanding.catalogue.feeds import Feed, ValueMapping
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.records import RecordType
from goodstanding.errors import CatalogueError, UnknownKey

Where = Callable[..., str]


def check_feed(feed: Feed, catalogue: Catalogue, where: Where) -> None:
    """Raises the first CatalogueError found in one feed, with file, line and what would be right."""
    _require_known(feed.record, catalogue.records, "record type", where("record"))
    record = catalogue.records[feed.record]
    _check_fields(feed, record, where)
    if feed.source.text is not None:
        _require_known(feed.source.text, [source.id for source in catalogue.sources], "source", where("source"))
    if feed.published is not None:
        _check_codes(feed.published, _list_outcomes(catalogue, record), "outcome", where, "published")


def _check_fields(feed: Feed, record: RecordType, where: Where) -> None:
    for name, value in feed.fields.items():
        _require_known(name, record.fields, f"field of {feed.record}", where("fields", name))
        _check_codes(value, record.fields[name].one_of, f"code of {name}", where, "fields", name)
    for name, rule in record.fields.items():
        if rule.required and name not in feed.fields:
            raise CatalogueError(f"The field {name!r} is required.", where=where("fields"), remedy=f"{name}: COLUMN")


def _list_outcomes(catalogue: Catalogue, record: RecordType) -> tuple[str, ...]:
    name = record.published or ""
    if name in catalogue.schemes:
        return catalogue.schemes[name].grades
    return tuple(catalogue.cases[name].steps) if name in catalogue.cases else ()


def _check_codes(value: ValueMapping, codes: tuple[str, ...], noun: str, where: Where, *path: str) -> None:
    written = [code for code in (value.map or {}).values() if isinstance(code, str)]
    written += [code for code in (value.only or ()) if value.map is None]
    for code in written if codes else ():
        _require_known(code, codes, noun, where(*path))


def _require_known(name: str, names: Iterable[str], noun: str, where: str) -> None:
    names = list(names)
    if name not in names:
        near = get_close_matches(name, names, n=1) or [", ".join(names)]
        raise UnknownKey(f"There is no {noun} {name!r}.", where=where, remedy=near[0])
