"""Article 9: a column that says where or of whom stays that, under whatever other heading a feed reads it again."""

from __future__ import annotations

import pytest
from tests.unit.charter.edited_catalogues import FEED, SOURCES, Change, list_reasons, load_edited

from goodstanding.charter import assess

FIELDS = "score: {type: integer, title: Score, kind: score, at_least: 0, at_most: 10}"
WITH_PLACE = FIELDS + (
    "\n      spot: {type: code, title: Where, kind: premises, one_of: [a, b]}"
    "\n      desk: {type: code, title: Issued by, kind: issuer, one_of: [a, b]}"
    "\n      topic: {type: code, title: Topic, kind: finding, one_of: [a, b]}"
)
CHANGES: tuple[Change, ...] = (
    (FIELDS, WITH_PLACE),
    ("    record: visit\n    score: score", "    record: visit\n    counts_when: topic = 'a'\n    score: score"),
)
WITH_REGION = ("  name: name", "  name: name\n  region: quarter")
NO_REGION = FEED.replace("  region: district\n", "")


def write(spot: str, topic: str, *changes: Change, feed: str = NO_REGION) -> str:
    """The feed of visits, with where each was, by which desk, and its topic."""
    feed = feed.replace("fields: {score: score}", f"fields: {{score: score, {spot}, topic: {topic}}}")
    for before, after in changes:
        assert before in feed, before
        feed = feed.replace(before, after, 1)
    return feed


def list_together(*feeds: str) -> list[str]:
    """Why the catalogue breaches article 9 with the first of these feeds, where there may be a second."""
    from goodstanding.catalogue import load_files

    files = dict(load_edited(*CHANGES, feed=feeds[0], sources=SOURCES).files)
    files |= {f"feeds/visits{number}.yaml": text.replace("feed: visits", f"feed: visits{number}")
              for number, text in enumerate(feeds[1:], 2)}  # fmt: skip
    return list_reasons(load_files(files), 9)


# feeds that read the place or the issuer a second time, and part of the reason
TWICE: dict[str, tuple[tuple[str, ...], str]] = {
    "one column in two fields": ((write("spot: quarter", "quarter"),), "fills topic"),
    "one column as issuer and finding": ((write("desk: bench", "bench"),), "fills topic"),
    "with other codes": ((write("spot: quarter", "{column: quarter, map: {x: a, '*': b}}"),), "fills topic"),
    "a part of it": ((write("spot: quarter", "{column: quarter, before: '-'}"),), "fills topic"),
    "joined to something": ((write("spot: quarter", "{columns: [kind, quarter]}"),), "fills topic"),
    "by which something else is chosen": (
        (write("spot: quarter", "{column: kind, otherwise: a, otherwise_when: {quarter: [x]}}"),), "fills topic"),
    "rows left out by it": ((write("spot: quarter", "kind") + "skip_when: {quarter: x}\n",), "skip_when"),
    "a day chosen by it": (
        (write("spot: quarter", "kind", ("occurred: day",
         "occurred: {column: day, otherwise: stated, otherwise_when: {quarter: [x]}}")),), "occurred"),
    "another file by it": (
        (write("spot: quarter", "kind") + "beside: {file: points.csv, on: quarter}\n",), "takes in columns by the"),
    "the region of another feed of the record": (
        (write("desk: bench", "quarter"), write("desk: bench", "kind", WITH_REGION)),
        "fills topic"),
    "the place of another feed of the record": (
        (write("desk: bench", "quarter"), write("spot: quarter", "kind")), "fills topic"),
}  # fmt: skip


@pytest.mark.parametrize("means", TWICE)
def test_a_place_read_again_under_another_heading_is_refused(means: str) -> None:
    """A field of the place or of the issuer tells what its column is, as the region and the source do."""
    feeds, reason = TWICE[means]
    assert any(reason in text for text in list_together(*feeds)), list_together(*feeds)


ONCE: dict[str, str] = {
    "a place beside a topic": write("spot: quarter", "kind"),
    "a place in two fields of the place": write("spot: quarter", "kind", WITH_REGION),
    "an issuer that is the source": write("desk: office", "kind"),
    "a joined file by the subject": write("spot: quarter", "kind") + "beside: {file: names.csv, on: lei}\n",
    "a place that may be left out": write("spot: {column: quarter, optional: true}", "kind"),
}  # fmt: skip


@pytest.mark.parametrize("means", ONCE)
def test_a_place_that_no_rule_reads_may_be_kept(means: str) -> None:
    """Columns of their own, and fields that say what they are."""
    catalogue = load_edited(*CHANGES, feed=ONCE[means], sources=SOURCES)
    assert assess(catalogue).holds, [str(breach.reason) for breach in assess(catalogue).breaches]
