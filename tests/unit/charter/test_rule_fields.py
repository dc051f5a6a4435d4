"""Article 9: what a rule reads is what its parsed text reads, and what feeds put into the fields that it reads."""

from __future__ import annotations

import pytest
from tests.unit.charter.edited_catalogues import FEED, Change, list_reasons, load_edited

from goodstanding.charter import assess

SPARE = "{when: NOT able,"
VISIT_FIELDS = "score: {type: integer, title: Score, kind: score, at_least: 0, at_most: 10}"
WITH_TOPIC = (VISIT_FIELDS, VISIT_FIELDS + "\n      topic: {type: code, title: Topic, kind: finding, one_of: [a, b]}")
COUNTS_TOPIC = (
    "    record: visit\n    score: score",
    "    record: visit\n    counts_when: topic = 'a'\n    score: score",
)
STAYS = "    stays: {until: ends_on, at_most: P3Y}"
NO_CREDIT = "field: extending-credit, list: debtors,"
NO_CREDIT_WHEN_NORTH = (NO_CREDIT, NO_CREDIT + " when: place = 'north',")
NO_CREDIT_OF_LI = (NO_CREDIT, NO_CREDIT + " when: decided_by = 'Li',")
PLACE_DAY = "place: {type: date, title: Court of, kind: issuer}"
PLACE = "place: {type: code, title: Court of, kind: issuer, one_of: [north, south]}"


def fill_topic(mapping: str) -> str:
    """The feed, whose rows fill the field `topic` too."""
    return FEED.replace("fields: {score: score}", f"fields: {{score: score, topic: {mapping}}}")


# what is exchanged in the catalogue, the feed, and part of the reason
UNEQUAL: dict[str, tuple[tuple[Change, ...], str, str]] = {
    "behind a comment": (((SPARE, "{when: \"NOT able /* ' */ OR place = 'north' /* ' */\","),), "", "reads place"),
    "as a quoted name": (((SPARE, "{when: 'NOT able OR \"place\" IS NULL',"),), "", "reads place"),
    "in a term": (((STAYS, "    stays: {by: place, terms: {north: P1Y, south: P3Y}}"),), "", "reads place"),
    "in the end of a term": (((PLACE, PLACE_DAY), ("until: ends_on", "until: place")), "", "reads place"),
    "in the day of a step": (
        ((PLACE, PLACE_DAY), ("role: decision, public_on: served_on", "role: decision, public_on: place")),
        "", "reads place"
    ),
    "in a wait": (
        (("not_before: P1Y", "not_before: {by: place, terms: {north: P1M, south: P1Y}}"),), "", "reads place"
    ),
    "as who decided, in disguise": (
        ((SPARE, "{when: \"NOT able OR coalesce(decided_by, '') = 'Li'\","),),
        "",
        "weighs what decided_by says",
    ),
    "as who decided": (((SPARE, "{when: NOT able OR decided_by = 'Li',"),), "", "weighs what decided_by says"),
    "in the condition of a measure": ((NO_CREDIT_WHEN_NORTH,), "", "reads place"),
    "as the weighed name of an official, in a measure": ((NO_CREDIT_OF_LI,), "", "weighs what decided_by says"),
    "in a feed, from the region": ((WITH_TOPIC,), fill_topic("district"), "fills topic"),
    "in a feed, from the source": ((WITH_TOPIC,), fill_topic("office"), "fills topic"),
    "in a feed, from the name": (
        (WITH_TOPIC, COUNTS_TOPIC), fill_topic("name"), "reads topic"
    ),
    "in a feed, as the day": (
        (),
        FEED.replace("occurred: day", "occurred: {column: day, otherwise: stated, otherwise_when: {district: [x]}}"),
        "occurred",
    ),
}  # fmt: skip


@pytest.mark.parametrize("means", UNEQUAL)
def test_a_rule_that_reads_place_or_source_is_refused(means: str) -> None:
    """However it is read: in a comment's shadow, a term, a day, or through a feed."""
    changes, feed, reason = UNEQUAL[means]
    assert any(reason in text for text in list_reasons(load_edited(*changes, feed=feed), 9)), means


UNIFORM: dict[str, tuple[tuple[Change, ...], str]] = {
    "a feed of scores": ((), FEED),
    "a word of a place in a text": (((SPARE, "{when: NOT able /* whatever the place */,"),), ""),
    "a measure on those who can pay": (((NO_CREDIT, NO_CREDIT + " when: able,"),), ""),
    "proof that somebody decided": (((SPARE, "{when: NOT able OR decided_by IS NULL,"),), ""),
    "a term by what was found": (
        (WITH_TOPIC, COUNTS_TOPIC), fill_topic("{column: about, map: {x: a, y: b}}")
    ),
    "the place itself, which no rule reads": (
        ((VISIT_FIELDS, VISIT_FIELDS + "\n      topic: {type: code, title: Where, kind: premises, one_of: [a, b]}"),),
        fill_topic("{column: district, map: {x: a, y: b}}"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("means", UNIFORM)
def test_a_rule_that_reads_what_was_found_is_allowed(means: str) -> None:
    """Also where it has a comment, asks whether there is proof, or holds a place that nothing rests on."""
    changes, feed = UNIFORM[means]
    catalogue = load_edited(*changes, feed=feed)
    assert assess(catalogue).holds, [str(breach.reason) for breach in assess(catalogue).breaches]
