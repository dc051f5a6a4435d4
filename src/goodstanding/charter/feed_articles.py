"""What feeds decide by themselves: whose finding a row is, when it happened, who proved it, and who agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.feeds import Feed, ValueMapping
from goodstanding.charter.catalogue_queries import BreachIterator
from goodstanding.messages import ArticleMessage, Message

ORIGIN_KINDS = ("premises", "issuer")  # a field of another kind that reads such a column denies what it is
_YEAR = re.compile(r"\d{4}")
_IN_COMMON = (None, "same")  # what each row of a group has, and not one of them for the others


def list_own_day_breaches(catalogue: Catalogue) -> BreachIterator:
    """Days on which things happened that a feed sets itself: with them any conduct falls under any version (10)."""
    for feed in catalogue.feeds.values():
        for part, value in (("occurred", feed.occurred), ("stated", feed.stated)):
            if value and _sets_day(value):
                params = {"feed": feed.feed, "part": part}
                yield ("records", feed.record), Message(ArticleMessage.FEED_SETS_DAY, params)


def _sets_day(value: ValueMapping) -> bool:
    otherwise = value.otherwise not in (None, "stated")
    return value.text is not None or any((value.map or {}).values()) or otherwise or bool(_YEAR.search(value.prefix))


def list_shared_finding_breaches(catalogue: Catalogue) -> BreachIterator:
    """Rows of several subjects that become one finding, and columns that another file gives by place or source (9)."""
    for feed in catalogue.feeds.values():
        path = ("records", feed.record)
        for identifier in feed.subject.identifiers:
            if identifier.value.gather not in _IN_COMMON:
                params = {"feed": feed.feed, "scheme": identifier.scheme}
                yield path, Message(ArticleMessage.FINDINGS_JOINED, params)
        origins = chain.from_iterable(list_columns_of_origin(catalogue, feed).values())
        if feed.beside and feed.beside.on in origins:
            yield path, Message(ArticleMessage.FEED_JOINED_BY_ORIGIN, {"feed": feed.feed, "column": feed.beside.on})


def list_columns_of_origin(catalogue: Catalogue, feed: Feed) -> dict[str, set[str]]:
    """The columns of a feed that say where its subjects are, and of whom its records are, by the kind of field for it.

    Its region and its source, and what this or another feed of the same record type reads as such.
    """
    place, issuer = ORIGIN_KINDS
    columns: dict[str, set[str]] = {place: set(), issuer: set()}
    for other in catalogue.feeds.values():
        if other.record == feed.record:
            columns[place].update(other.subject.region.reads() if other.subject.region else ())
            columns[issuer].update(other.source.reads())
            for kind, column in _list_told_origins(catalogue, other):
                columns[kind].add(column)
    return columns


def _list_told_origins(catalogue: Catalogue, feed: Feed) -> Iterator[tuple[str, str]]:
    """The columns that a field of such a kind is read from alone."""
    fields = catalogue.records[feed.record].fields
    for key, value in feed.fields.items():
        if value.column is not None and fields[key].kind in ORIGIN_KINDS:
            yield fields[key].kind, value.column


def list_columns_of_others(feed: Feed) -> set[str]:
    """The columns that say whom and what a row is about, who states it and when: they prove nothing else."""
    subject = feed.subject
    values = [feed.source, feed.reference, feed.occurred, subject.name, *subject.other_names, subject.region]
    values += [feed.stated, *(identifier.value for identifier in subject.identifiers)]
    return {column for value in values if value for column in value.reads()}
