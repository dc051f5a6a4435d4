"""Article 14: an appeal in time suspends and a ruling ends, whatever else a catalogue would like to ask of them."""

from __future__ import annotations

import pytest
from tests.unit.charter.edited_catalogues import Change, list_reasons, load_edited

CONTESTED = "record: finding-appeal, after: [excluded]"
ANNULLED = "record: finding-ruling, after: [excluded, contested]"
APPEAL = "finding-appeal: {<<: *appeal, about: finding, concerns: [organisation]}"
RULING = "finding-ruling: {<<: *appeal, title: Ruling on appeal, about: finding, concerns: [organisation]}"
PAID = "record: payment, after: [listed]"
PAYMENT = "  payment:\n    title: Payment"
OUTCOME = "outcome: {type: code, title: Outcome, kind: finding, one_of: [upheld, annulled], required: true}"


def add_fields(record: str, fields: str) -> Change:
    """A record type with fields of its own."""
    return record, record.replace("concerns:", f"fields: {{{fields}}}, concerns:")


def ask(step: str, *keys: str) -> Change:
    """A step that asks for more."""
    return step, ", ".join((step, *keys))


# what is exchanged, and part of the reason
CONDITIONED: dict[str, tuple[tuple[Change, ...], str]] = {
    "an appeal with a bond": (
        (add_fields(APPEAL, "bond: {type: boolean, title: Bond, kind: performance}"),
         ask(CONTESTED, "when: 'coalesce(bond, FALSE)'")), "An appeal in time"
    ),
    "an appeal on points of law alone": (
        (add_fields(APPEAL, "ground: {type: code, title: Ground, kind: class, one_of: [law, fact], required: true}"),
         ask(CONTESTED, "when: ground = 'law'")), "An appeal in time"
    ),
    "an appeal with fifty signatures": (
        (add_fields(APPEAL, "signed: {type: integer, title: Signatures, kind: count, at_least: 0, at_most: 99}"),
         ask(CONTESTED, "when: signed >= 50")), "An appeal in time"
    ),
    "an appeal that has to be said to be in time, and fees": (
        (add_fields(APPEAL, "in_time: {type: boolean, title: In time, kind: status},"
                    " fee: {type: boolean, title: Fee, kind: performance}"),
         ask(CONTESTED, "when: 'coalesce(in_time, TRUE) AND fee'")), "An appeal in time"
    ),
    "an appeal that counts once it was admitted": (
        (add_fields(APPEAL, "admitted_on: {type: date, title: Admitted, kind: day}"),
         ask(CONTESTED, "on: admitted_on")),
        "where its record has no admitted_on",
    ),
    "a ruling for a fee": (
        (add_fields(RULING, OUTCOME + ", fee: {type: boolean, title: Fee, kind: performance}"),
         ask(ANNULLED, "when: \"outcome = 'annulled' AND coalesce(fee, FALSE)\"")), "on a further condition"
    ),
    "a ruling that counts once it was served": (
        (add_fields(RULING, "ruled_on: {type: date, title: Served, kind: day}"), ask(ANNULLED, "on: ruled_on")),
        "where its record has no ruled_on",
    ),
    "a ruling before a day": (
        (add_fields(RULING, OUTCOME + ", sent_on: {type: date, title: Sent, kind: day}"),
         ask(ANNULLED, "when: outcome = 'annulled' AND occurred <= sent_on")), "on a further condition"
    ),
    "payment of the costs too": (
        ((PAYMENT, "  payment:\n    fields:\n      full: {type: boolean, title: Paid, kind: performance}\n"
          "      costs: {type: boolean, title: Costs paid, kind: performance}\n    title: Payment"),
         ask(PAID, "when: full AND costs")), "on a further condition"
    ),
}  # fmt: skip


@pytest.mark.parametrize("means", CONDITIONED)
def test_relief_on_a_condition_of_its_own_is_refused(means: str) -> None:
    """A bond, a ground, a number of signatures, an admission, a fee, a day, the costs."""
    changes, reason = CONDITIONED[means]
    assert any(reason in text for text in list_reasons(load_edited(*changes), 14)), means


FREE: dict[str, tuple[Change, ...]] = {
    "what came late": (
        add_fields(APPEAL, "in_time: {type: boolean, title: In time, kind: status}"),
        ask(CONTESTED, "when: 'coalesce(in_time, TRUE)'"),
    ),
    "silence about time": (
        add_fields(APPEAL, "in_time: {type: boolean, title: In time, kind: class}"), ask(CONTESTED, "when: in_time")
    ),
    "one record for the appeal and its ruling": (
        add_fields(APPEAL, "act: {type: code, title: Act, kind: finding, one_of: [appeal, annulled], required: true}"),
        ask(CONTESTED, "when: act = 'appeal'"),
        (ANNULLED, "record: finding-appeal, after: [excluded, contested], when: act = 'annulled'"),
    ),
    "an outcome": (add_fields(RULING, OUTCOME), ask(ANNULLED, "when: outcome = 'annulled'")),
    "a day that every ruling has": (
        add_fields(RULING, "ruled_on: {type: date, title: Ruled, kind: day, required: true}"),
        ask(ANNULLED, "on: ruled_on"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("means", FREE)
def test_what_tells_relief_apart_is_no_condition(means: str) -> None:
    """Timeliness, the outcome, and which of several steps a record states."""
    assert list_reasons(load_edited(*FREE[means]), 14) == []
