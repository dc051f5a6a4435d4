"""What feeds decide by themselves: whose finding a row is, when it happened, who proved it, and who agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.feeds import Feed, ValueMapping
from goodstanding.charter.catalogue_queries import BreachIterator
from goodstanding.messages import ArticleMessage, Message

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
        if feed.beside and feed.beside.on in _list_origin_columns(feed):
            yield path, Message(ArticleMessage.FEED_JOINED_BY_ORIGIN, {"feed": feed.feed, "column": feed.beside.on})


def _list_origin_columns(feed: Feed) -> Iterator[str]:
    yield from feed.source.reads()
    yield from feed.subject.region.reads() if feed.subject.region else ()


def list_columns_of_others(feed: Feed) -> set[str]:
    """The columns that say whom and what a row is about, who states it and when: they prove nothing else."""
    subject = feed.subject
    values = [feed.source, feed.reference, feed.occurred, subject.name, *subject.other_names, subject.region]
    values += [feed.stated, *(identifier.value for identifier in subject.identifiers)]
    return {column for value in values if value for column in value.reads()}
