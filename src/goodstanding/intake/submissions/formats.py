"""The formats in which a source may state records: its declared feeds, and each record's canonical form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.records import RecordType
from goodstanding.errors import UnknownFeed
from goodstanding.intake.mapping.canonical_form import (
    build_canonical_feed,
    list_canonical_columns,
    list_subject_kinds,
)
from goodstanding.messages import Message, SubmissionMessage
from goodstanding.procedure.local_days import compute_local_day
from goodstanding.register.rules.enacted_catalogues import list_enacted


@dataclass(frozen=True, slots=True)
class SubmissionFormat:
    """One way in which a source may state records of a type: a declared feed, or the record's canonical form."""

    catalogue: Catalogue
    feed: Feed
    declared: bool

    @property
    def name(self) -> str:
        """The feed's name, or catalogue and record type with a slash between."""
        return self.feed.feed

    @property
    def record(self) -> RecordType:
        """The type of record that it states."""
        return self.catalogue.records[self.feed.record]

    def compute_day(self, instant: datetime) -> date:
        """The day of an instant where the rules of the catalogue are at home."""
        return compute_local_day(instant, self.catalogue)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a row may have, in order."""
        return self.feed.columns() if self.declared else list_canonical_columns(self.catalogue, self.feed.record)


def list_formats(source: str) -> list[SubmissionFormat]:
    """Every way in which a source may state records, by the mandates of the catalogues in force."""
    return [
        submission_format
        for enacted_catalogue in list_enacted().values()
        for submission_format in _list_catalogue_formats(enacted_catalogue.catalogue, source)
    ]


def _list_catalogue_formats(catalogue: Catalogue, source: str) -> Iterator[SubmissionFormat]:
    permitted_records = catalogue.mandates.get(source, frozenset())
    for feed in catalogue.feeds.values():
        if feed.record in permitted_records and feed.source.text in (None, source):
            yield SubmissionFormat(catalogue, feed.model_copy(update={"beside": None}), declared=True)
    for record in catalogue.records:
        if record in permitted_records and list_subject_kinds(catalogue, record):
            yield SubmissionFormat(catalogue, build_canonical_feed(catalogue, record), declared=False)


def list_feeds_of_record(submission_format: SubmissionFormat, source: str) -> list[str]:
    """The names of every way in which a source may state records of the same type."""
    record = submission_format.catalogue.name, submission_format.feed.record
    return [way.name for way in list_formats(source) if (way.catalogue.name, way.feed.record) == record]


def get_format(source: str, name: str) -> SubmissionFormat:
    """The way of that name; raises UnknownFeed with those that the source has."""
    formats = {submission_format.name: submission_format for submission_format in list_formats(source)}
    if name not in formats:
        near = get_close_matches(name, formats, n=1) or list(formats)
        code = SubmissionMessage.FEED_UNKNOWN_TO_SOURCE if near else SubmissionMessage.SOURCE_WITHOUT_FEEDS
        params = {"source": source, "feed": repr(name[:100]), "feeds": ", ".join(near)}
        raise UnknownFeed(Message(code, params), where="feed")
    return formats[name]
