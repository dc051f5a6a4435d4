"""Erased records and quarantine: what is sent again is recognised and refused, what waits of it goes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue
from goodstanding.intake.files.sheet import RAW_LINE
from goodstanding.intake.mapping.canonical_form import IDENTIFIERS, build_canonical_feed
from goodstanding.intake.mapping.cell_values import unify_spellings
from goodstanding.intake.mapping.feed_sql import FeedQuery
from goodstanding.intake.models import Quarantined, Sending
from goodstanding.ledger import store as ledger
from goodstanding.messages import IntakeMessage
from goodstanding.plain_text import fold_spelling
from goodstanding.register.erasure.scope import list_identifying_words
from goodstanding.register.rules.enacted_catalogues import list_on_file
from goodstanding.table_engine import open_table_engine
from goodstanding.table_files import filter_table

LEAST_LETTERS = 5  # letters by which a broken line is recognised
_REFUSED = ("rows", "problems")
_UNDATED = date(1970, 1, 1)


def split_off_erased_records(records: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The findings whose records were not erased; the rows of the others, and as their problem only that."""
    again = ledger.list_erased_keys(key for key in _iterate_keys(records) if key is not None)
    if not again:
        return records, records.select(_REFUSED).slice(0, 0)
    sent = pc.is_in(records.column("key"), value_set=pa.array(sorted(again), pa.string()))
    erased = records.select(_REFUSED).filter(sent)
    problem = {"column": "", "code": IntakeMessage.ROW_ERASED, "params": "{}", "value": None}
    problems = pa.array([[problem]] * erased.num_rows, records.schema.field("problems").type)
    return filter_table(records, pc.invert(sent)), erased.set_column(1, "problems", problems)


def _iterate_keys(records: pa.Table) -> Iterator[str | None]:
    for chunk in records.column("key").chunks:
        yield from chunk.to_pylist()


@dataclass
class _FeedDeletions:
    """What of a feed's records goes: sources and folded references, and the identifiers of files left empty."""

    catalogue: str
    record: str
    references: set[tuple[str, str]] = field(default_factory=set)
    identifiers: set[str] = field(default_factory=set)

    def has(self, source: str | None, reference: str | None, identifiers: Collection[str]) -> bool:
        """Whether a row that states this, in any spelling, is about what goes; one without a source is its sender's."""
        folded = fold_spelling(reference or "")
        named = {
            source_reference
            for source_reference in self.references
            if source_reference[1] == folded and source in (None, source_reference[0])
        }
        return bool(named) or bool(self.identifiers & set(identifiers))


def purge_erased_records(positions: Collection[int], identifiers: Collection[str]) -> int:
    """Takes records that are about to be erased out of quarantine and out of answers; gives how many rows waited."""
    deletions_by_feed = _group_deletions_by_feed(positions, identifiers)
    words = list_identifying_words(positions)
    for submission in Sending.objects.filter(feed__in=list(deletions_by_feed)).exclude(answer=""):
        _clear_answer(submission, words)
    entry_ids = [
        entry for feed, deletions in deletions_by_feed.items() for entry in _iterate_matching_entries(feed, deletions)
    ]
    for start in range(0, len(entry_ids), 500):
        Quarantined.objects.filter(pk__in=entry_ids[start : start + 500]).delete()
    return len(entry_ids)


def _group_deletions_by_feed(positions: Collection[int], emptied: Collection[str]) -> dict[str, _FeedDeletions]:
    """What goes, by feed."""
    deletions_by_feed: dict[str, _FeedDeletions] = {}
    for row in ledger.read_bodies_at(positions).column("body").to_pylist():
        body = json.loads(row)
        if feed := body.get("feed"):
            deletions = deletions_by_feed.setdefault(feed, _FeedDeletions(body["catalogue"], body["record"]))
            deletions.references.add((body["source"], fold_spelling(body["reference"])))
            deletions.identifiers |= set(body.get("subject", {}).get("identifiers", [])) & set(emptied)
    return deletions_by_feed


def _clear_answer(submission: Sending, words: Collection[str]) -> None:
    """Takes the cells of what goes out of the answer that a sender got."""
    answer = json.loads(submission.answer)
    problems = answer.get("problems", [])
    cleared_problems = [[*place, None if str(value).casefold() in words else value] for *place, value in problems]
    if cleared_problems != problems:
        submission.answer = json.dumps(answer | {"problems": cleared_problems}, ensure_ascii=False)
        submission.save(update_fields=["answer"])


def _iterate_matching_entries(feed: str, deletions: _FeedDeletions) -> Iterator[int]:
    """The numbers of the entries of quarantine, also of those mended meanwhile, that are about what goes."""
    entries = list(Quarantined.objects.filter(feed=feed).exclude(row=None))
    cells = {entry.pk: json.loads(entry.cells) for entry in entries}
    broken = {number: entry_cells[RAW_LINE] for number, entry_cells in cells.items() if entry_cells.get(RAW_LINE)}
    whole = {number: entry_cells for number, entry_cells in cells.items() if number not in broken}
    yield from (number for number, line in broken.items() if _has_deleted_cell(line, deletions))
    rules = list_on_file().get(deletions.catalogue)
    if whole and rules:
        yield from _iterate_matching_rows(
            whole, _load_feed(rules.catalogue, feed, deletions.record), rules.catalogue, deletions
        )


def _load_feed(rules: Catalogue, name: str, record: str) -> Feed:
    feed: Feed | None = rules.feeds.get(name)
    return feed or build_canonical_feed(rules, record)


def _has_deleted_cell(line: str, deletions: _FeedDeletions) -> bool:
    """Whether a line that is no row has a cell that names what goes."""
    cells = line.replace("\t", ",").replace(";", ",").split(",")
    line_cells = {fold_spelling(cell.strip().strip("\"'")) for cell in cells}
    named = {reference for _source, reference in deletions.references}
    named |= {fold_spelling(text.partition(":")[2]) for text in deletions.identifiers}
    return any(len(text) >= LEAST_LETTERS and text in line_cells for text in named)


def _iterate_matching_rows(
    cells: Mapping[int, Mapping[str, Any]], feed: Feed, rules: Catalogue, deletions: _FeedDeletions
) -> Iterator[int]:
    """The rows that, read as their feed reads them, state something about what goes."""
    numbers = list(cells)
    texts = {name: _build_column(cells.values(), name) for name in dict.fromkeys((*feed.columns(), IDENTIFIERS))}
    feed_query = FeedQuery(feed, rules, _UNDATED)
    parts = feed_query.parts()
    identifiers = ", ".join([parts[name] for name in parts if name.startswith("i_")] or ["NULL"])
    with open_table_engine(len(numbers)) as duck:
        sheet = pa.table(texts | {"number": pa.array(numbers, pa.int64())})
        duck.register("sheet", unify_spellings(sheet, feed, rules))
        cells_sql = feed_query.cells("number")
        query = f"SELECT number, {parts['source']}, {parts['reference']}, [{identifiers}] FROM ({cells_sql})"
        stated_rows = duck.sql(query).fetchall()
    own = dict(zip(numbers, texts[IDENTIFIERS].to_pylist(), strict=True))
    for number, source, reference, called in stated_rows:
        if deletions.has(source, reference, [*filter(None, called), *(own[number] or "").split()]):
            yield number


def _build_column(cells: Iterable[Mapping[str, Any]], name: str) -> pa.Array:
    return pa.array([None if row_cells.get(name) is None else str(row_cells[name]) for row_cells in cells], pa.string())
