"""Columns that say a place in other words: each value goes with one place, and each place with one value (article 9).

What a feed declares, the charter reads; that two columns of a file are the same, only the file shows.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue
from goodstanding.charter.feed_articles import ORIGIN_KINDS, list_columns_of_origin, list_columns_of_others
from goodstanding.charter.vocabulary import get_vocabulary
from goodstanding.errors import BadFile
from goodstanding.messages import Message, SubmissionMessage

_LEAST_PLACES, _LEAST_ROWS = 5, 10  # rows of each place on average: fewer can go together by chance
_SAMPLE = 1_000  # rows that tell at once that a column says something else


def refuse_if_place_hidden(table: pa.Table, feed: Feed, catalogue: Catalogue, file: str) -> None:
    """Nothing, or BadFile where a column that a rule may weigh says in every row where the subject is."""
    if catalogue.mode != "live":
        return
    for column in _list_weighed_columns(feed, catalogue):
        for place in sorted(list_columns_of_origin(catalogue, feed)[ORIGIN_KINDS[0]] - {column}):
            if {column, place} <= {*table.column_names} and _are_the_same(table, column, place):
                params = {"column": column, "place": place}
                raise BadFile(Message(SubmissionMessage.PLACE_HIDDEN, params), where=file)


def _list_weighed_columns(feed: Feed, catalogue: Catalogue) -> Iterator[str]:
    """The columns of fields that say something else than place, issuer, day and proof, each once."""
    fields, kinds, others = catalogue.records[feed.record].fields, get_vocabulary("kinds"), list_columns_of_others(feed)
    columns = {
        value.column: fields[key].kind
        for key, value in feed.fields.items()
        if value.column is not None and value.column not in others
    }
    for column, kind in columns.items():
        if kind not in (*ORIGIN_KINDS, "day") and not kinds.get(kind, {}).get("unweighed"):
            yield column


def _are_the_same(table: pa.Table, column: str, place: str) -> bool:
    pairs = table.select([place, column]).drop_null()
    return _go_together(pairs.slice(0, _SAMPLE)) and _go_together(pairs) and _tell_enough(pairs, place)


def _go_together(pairs: pa.Table) -> bool:
    number = pairs.group_by(pairs.column_names).aggregate([]).num_rows
    return all(pc.count_distinct(values).as_py() == number for values in pairs.columns)


def _tell_enough(pairs: pa.Table, place: str) -> bool:
    places = pc.count_distinct(pairs.column(place)).as_py()
    return bool(places >= _LEAST_PLACES and pairs.num_rows >= places * _LEAST_ROWS)
