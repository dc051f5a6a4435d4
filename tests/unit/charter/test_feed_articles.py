"""Articles 5, 9, 10 and 18: a feed neither sets a day, nor joins subjects, nor proves or agrees to anything itself."""

from __future__ import annotations

import pytest
from tests.unit.charter.edited_catalogues import FEED, SOURCES, list_reasons, load_edited

DAY = "occurred: day"
GROUPED = FEED.replace("fields: {score: score}", "group_by: [owner]\nfields: {score: {column: score, gather: largest}}")
GROUPED = GROUPED.replace("reference: number", "reference: owner").replace("day\n", "{column: day, gather: largest}\n")
GROUPED = GROUPED.replace("name: name", "name: {column: name, gather: first}")
GROUPED = GROUPED.replace("region: district", "region: {column: district, gather: first}")
GROUPED = GROUPED.replace("column: office,", "column: office, gather: first,")
LEI = "{scheme: lei, value: lei}"
FINDINGS = """\
feed: visits
title: Findings of fraud, one row each
record: finding
source: {column: office, map: {north: office-north}}
reference: number
subject:
  kind: organisation
  identifiers: [{scheme: lei, value: lei}]
  name: name
  region: district
occurred: day
fields: {told_on: told, served_on: served, heard_on: heard, decided_by: official}
"""
HONOURS = FINDINGS.replace("record: finding", "record: honour").replace(
    "{told_on: told, served_on: served, heard_on: heard, decided_by: official}", "{agreed: agreed}"
)


def write(feed: str, before: str, after: str) -> str:
    """A feed with one text exchanged, which must be there."""
    assert before in feed, before
    return feed.replace(before, after, 1)


# the article, the feed, and part of the reason
DECIDING: dict[str, tuple[int, str, str]] = {
    "one day for all rows": (10, write(FEED, DAY, "occurred: {text: '2026-02-01'}"), "sets the day"),
    "old years moved to this one": (
        10, write(FEED, DAY, "occurred: {column: year, map: {'2019': '2026-01-01', '2020': '2026-01-02'}}"),
        "sets the day"
    ),
    "this year before each month": (10, write(FEED, DAY, "occurred: {column: month_day, prefix: '2026-'}"), "sets the"),
    "a day for empty cells": (
        10, write(FEED, DAY, "occurred: {column: day, otherwise: '2026-02-01', otherwise_when: {kind: [x]}}"),
        "sets the day"
    ),
    "the day of statement for all": (
        10, write(FEED, DAY, "occurred: day\nstated: {text: '2026-02-01'}"), "sets the day"
    ),
    "an owner's findings, given to the first": (
        9, write(GROUPED, LEI, "{scheme: lei, value: {column: lei, gather: first}}"), "one finding of rows"
    ),
    "an owner's findings, given to the last": (
        9, write(GROUPED, LEI, "{scheme: lei, value: {column: lei, gather: largest}}"), "one finding of rows"
    ),
    "points by district from another file": (
        9, FEED + "beside: {file: points.csv, on: district}\n", "takes in columns by the place"
    ),
    "points by office from another file": (
        9, FEED + "beside: {file: points.csv, on: office}\n", "takes in columns by the place"
    ),
    "the organisation decides about itself": (
        18, write(FINDINGS, "decided_by: official", "decided_by: name"), "from a column that says something else"
    ),
    "the office is the official": (
        18, write(FINDINGS, "decided_by: official", "decided_by: office"), "from a column that says something else"
    ),
    "the number is the official": (
        18, write(FINDINGS, "decided_by: official", "decided_by: number"), "from a column that says something else"
    ),
    "told when it was served": (
        18, write(FINDINGS, "told_on: told", "told_on: served"), "from a column that says something else"
    ),
    "an official made of a rank and nothing": (
        18, write(FINDINGS, "decided_by: official", "decided_by: {column: official, prefix: 'Officer '}"),
        "also where its file says nothing"
    ),
    "an official made of two cells": (
        18, write(FINDINGS, "decided_by: official", "decided_by: {columns: [official, team]}"),
        "also where its file says nothing"
    ),
    "a yes that stands in every no": (
        5, write(HONOURS, "agreed: agreed", "agreed: {column: agreed, contains: o}"), "somebody agreed"
    ),
    "a yes by a name": (
        5, write(HONOURS, "agreed: agreed", "agreed: {column: name, contains: ltd}"), "somebody agreed"
    ),
    "a yes by the day": (
        5, write(HONOURS, "agreed: agreed", "agreed: {column: day, contains: '20'}"), "somebody agreed"
    ),
    "a yes by the office": (5, write(HONOURS, "agreed: agreed", "agreed: office"), "somebody agreed"),
    "a yes before an empty cell": (
        5, write(HONOURS, "agreed: agreed", "agreed: {column: agreed, prefix: ye}"), "somebody agreed"
    ),
}  # fmt: skip


@pytest.mark.parametrize("means", DECIDING)
def test_a_feed_that_decides_by_itself_is_refused(means: str) -> None:
    """The day, whose finding it is, who decided, and who agreed stand in the file, each in a column of its own."""
    article, feed, reason = DECIDING[means]
    assert any(reason in text for text in list_reasons(load_edited(feed=feed, sources=SOURCES), article)), means


TAKING_OVER: dict[str, tuple[int, str]] = {
    "a day of the file where there is none": (
        10, write(FEED, DAY, "occurred: {column: day, otherwise: stated, otherwise_when: {kind: [x]}}")
    ),
    "a day that stands for none": (10, write(FEED, DAY, "occurred: {column: day, empty: ['1900-01-01']}")),
    "the century before a day": (10, write(FEED, DAY, "occurred: {column: day, prefix: '20'}")),
    "rows of one subject": (9, write(GROUPED, LEI, "{scheme: lei, value: {column: lei, gather: same}}")),
    "another file by the subject": (9, FEED + "beside: {file: names.csv, on: lei}\n"),
    "each proof from its own column": (18, FINDINGS),
    "a decision dated like the record": (18, write(FINDINGS, "served_on: served", "served_on: day")),
    "a consent of its own": (5, HONOURS),
    "a consent in other words": (
        5, write(HONOURS, "agreed: agreed", "agreed: {column: agreed, map: {ja: true, nein: false}}")
    ),
}  # fmt: skip


@pytest.mark.parametrize("means", TAKING_OVER)
def test_a_feed_that_takes_over_what_its_file_says_is_lawful(means: str) -> None:
    """What a file leaves out, how it writes it, and which rows belong together may be said."""
    article, feed = TAKING_OVER[means]
    assert list_reasons(load_edited(feed=feed, sources=SOURCES), article) == [], means
