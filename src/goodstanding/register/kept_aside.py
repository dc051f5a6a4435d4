"""Erased records and what is kept aside: what is sent again is recognised and refused, what waits of it goes.

What is refused because it was erased is noted without its cells: to keep them would be to take it in after all.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import NotPossible
from goodstanding.ledger import store as ledger
from goodstanding.register import canonical, catalogues, reach
from goodstanding.register.feed_query import FeedQuery
from goodstanding.register.models import Quarantined, Sending
from goodstanding.register.quarantine import ERASED, Problem
from goodstanding.register.reading import RAW

LEAST = 5  # letters by which a broken line is recognised
_UNDATED = date(1970, 1, 1)


def recognised(found: pa.Table) -> tuple[pa.Table, dict[int, list[Problem]]]:
    """The findings whose records were not erased, and the problem of each row of the others."""
    again = ledger.erased_keys(key for key in _keys(found) if key is not None)
    if not again:
        return found, {}
    sent = pc.is_in(found.column("key"), value_set=pa.array(sorted(again), pa.string()))
    rows = [row for rows in found.filter(sent).column("rows").to_pylist() for row in rows]
    return found.filter(pc.invert(sent)), {row: [Problem(row, "", ERASED)] for row in rows}


def _keys(found: pa.Table) -> Iterator[str | None]:
    for chunk in found.column("key").chunks:
        yield from chunk.to_pylist()


def refuse_again(source: str, record: str, reference: str) -> None:
    """Nothing, or NotPossible where a record with that reference of the source was erased."""
    if ledger.erased_keys([f"{source} {record} {reference}"]):
        raise NotPossible(f"{ERASED[0].upper()}{ERASED[1:]}.", where="reference", remedy="a reference of its own")


@dataclass
class _Gone:
    """What of a feed's records goes: their sources and references, and the identifiers of files that are left empty."""

    catalogue: str
    record: str
    references: set[tuple[str, str]] = field(default_factory=set)
    identifiers: set[str] = field(default_factory=set)

    def has(self, source: str | None, reference: str | None, identifiers: Collection[str]) -> bool:
        """Whether a row that states this is about what goes; a row that names no source is its sender's own."""
        named = {said for said in self.references if said[1] == reference and source in (None, said[0])}
        return bool(named) or bool(self.identifiers & set(identifiers))


def forget(positions: Collection[int]) -> int:
    """Takes records that are about to be erased out of quarantine and out of answers; gives how many rows waited."""
    going = _going(positions)
    words = reach.words(positions)
    for one in Sending.objects.filter(feed__in=list(going)).exclude(answer=""):
        _silence(one, words)
    gone = [entry for feed, one in going.items() for entry in _waiting(feed, one)]
    for start in range(0, len(gone), 500):
        Quarantined.objects.filter(pk__in=gone[start : start + 500]).delete()
    return len(gone)


def _going(positions: Collection[int]) -> dict[str, _Gone]:
    """What goes, by feed."""
    emptied = reach.emptied(positions)
    found: dict[str, _Gone] = {}
    for row in ledger.bodies_at(positions).column("body").to_pylist():
        said = json.loads(row)
        if feed := said.get("feed"):
            one = found.setdefault(feed, _Gone(said["catalogue"], said["record"]))
            one.references.add((said["source"], said["reference"]))
            one.identifiers |= set(said.get("subject", {}).get("identifiers", [])) & emptied
    return found


def _silence(one: Sending, words: Collection[str]) -> None:
    """Takes the cells of what goes out of the answer that a sender got."""
    answer = json.loads(one.answer)
    problems = answer.get("problems", [])
    told = [[*rest, None if str(value).casefold() in words else value] for *rest, value in problems]
    if told != problems:
        one.answer = json.dumps(answer | {"problems": told}, ensure_ascii=False)
        one.save(update_fields=["answer"])


def _waiting(feed: str, gone: _Gone) -> Iterator[int]:
    """The numbers of the entries of quarantine, also of those mended meanwhile, that are about what goes."""
    entries = list(Quarantined.objects.filter(feed=feed).exclude(row=None))
    cells = {entry.pk: json.loads(entry.cells) for entry in entries}
    broken = {number: said[RAW] for number, said in cells.items() if said.get(RAW)}
    whole = {number: said for number, said in cells.items() if number not in broken}
    yield from (number for number, line in broken.items() if _stands(line, gone))
    rules = catalogues.on_file().get(gone.catalogue)
    if whole and rules:
        yield from _stated(whole, _feed(rules.catalogue, feed, gone.record), rules.catalogue, gone)


def _feed(rules: Catalogue, name: str, record: str) -> Feed:
    found: Feed | None = rules.feeds.get(name)
    return found or canonical.feed(rules, record)


def _stands(line: str, gone: _Gone) -> bool:
    """Whether a line that is no row has a cell that names what goes."""
    said = {cell.strip().strip("\"'") for cell in line.replace("\t", ",").replace(";", ",").split(",")}
    named = {reference for _source, reference in gone.references}
    named |= {text.partition(":")[2] for text in gone.identifiers}
    return any(len(text) >= LEAST and text in said for text in named)


def _stated(cells: Mapping[int, Mapping[str, Any]], feed: Feed, rules: Catalogue, gone: _Gone) -> Iterator[int]:
    """The rows that, read as their feed reads them, state something about what goes."""
    numbers = list(cells)
    texts = {name: _column(cells.values(), name) for name in dict.fromkeys((*feed.columns(), canonical.IDENTIFIERS))}
    parts = FeedQuery(feed, rules, _UNDATED).parts()
    identifiers = ", ".join([parts[name] for name in parts if name.startswith("i_")] or ["NULL"])
    with duckdb.connect() as duck:
        duck.register("sheet", pa.table(texts | {"number": pa.array(numbers, pa.int64())}))
        query = f"SELECT number, {parts['source']}, {parts['reference']}, [{identifiers}] FROM sheet"
        found = duck.sql(query).fetchall()
    own = dict(zip(numbers, texts[canonical.IDENTIFIERS].to_pylist(), strict=True))
    for number, source, reference, called in found:
        if gone.has(source, reference, [*filter(None, called), *(own[number] or "").split()]):
            yield number


def _column(cells: Iterable[Mapping[str, Any]], name: str) -> pa.Array:
    return pa.array([None if said.get(name) is None else str(said[name]) for said in cells], pa.string())
