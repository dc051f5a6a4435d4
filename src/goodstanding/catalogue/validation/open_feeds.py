"""What a feed must close before it comes in: which values a catch-all stands for, which findings have no day, and which
of several rows of one finding counts.

Catalogues in force are not asked: older ones have feeds that leave it open, and are read as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import CatalogueError
from goodstanding.messages import CatalogueMessage, Message, RuleMessage


def list_open_feeds(catalogue: Catalogue) -> Iterator[CatalogueError]:
    """What is wrong with a feed that takes any value, or any finding without a day, for a known one."""
    for feed in catalogue.feeds.values():
        yield from _list_open_maps(feed)
        yield from _list_open_groups(feed)
        if feed.occurred.otherwise and not feed.occurred.otherwise_when:
            yield CatalogueError(Message(RuleMessage.FEED_DAY_OPEN), where=f"feeds/{feed.feed}.yaml (occurred)")


def _list_open_maps(feed: Feed) -> Iterator[CatalogueError]:
    for name, value in feed.values().items():
        if "*" in (value.map or {}) and not value.others:
            message = Message(RuleMessage.FEED_MAP_OPEN, {"column": ", ".join(value.reads())})
            yield CatalogueError(message, where=f"feeds/{feed.feed}.yaml ({name})")


def _list_open_groups(feed: Feed) -> Iterator[CatalogueError]:
    """Which row of a group counts is said, unless the columns of a value are what makes the group."""
    for name, value in feed.values().items() if feed.group_by else ():
        if value.gather is None and not set(value.reads_or_looks_at()) <= set(feed.group_by):
            message = Message(CatalogueMessage.FEED_GROUP_OPEN, {"column": ", ".join(value.reads())})
            yield CatalogueError(message, where=f"feeds/{feed.feed}.yaml ({name})")
