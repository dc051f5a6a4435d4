"""What a feed must close before it comes in: which values a catch-all stands for, which findings have no day, and which
of several rows of one finding counts.

Catalogues in force are not asked: older ones have feeds that leave it open, and are read as they are.
"""

from __future__ import annotations

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import CatalogueError
from goodstanding.messages import CatalogueMessage, Message, RuleMessage


def refuse_if_feeds_are_open(catalogue: Catalogue) -> None:
    """Nothing, or CatalogueError for a feed that takes any value, or any finding without a day, for a known one."""
    for feed in catalogue.feeds.values():
        _refuse_if_maps_are_open(feed)
        _refuse_if_groups_are_open(feed)
        if feed.occurred.otherwise and not feed.occurred.otherwise_when:
            raise CatalogueError(Message(RuleMessage.FEED_DAY_OPEN), where=f"feeds/{feed.feed}.yaml (occurred)")


def _refuse_if_maps_are_open(feed: Feed) -> None:
    for name, value in feed.values().items():
        if "*" in (value.map or {}) and not value.others:
            message = Message(RuleMessage.FEED_MAP_OPEN, {"column": ", ".join(value.reads())})
            raise CatalogueError(message, where=f"feeds/{feed.feed}.yaml ({name})")


def _refuse_if_groups_are_open(feed: Feed) -> None:
    """Which row of a group counts is said, unless the columns of a value are what makes the group."""
    for name, value in feed.values().items() if feed.group_by else ():
        if value.gather is None and not set(value.reads_or_looks_at()) <= set(feed.group_by):
            message = Message(CatalogueMessage.FEED_GROUP_OPEN, {"column": ", ".join(value.reads())})
            raise CatalogueError(message, where=f"feeds/{feed.feed}.yaml ({name})")
