"""Article 7: one thing is listed for once; a second case by the same record, or by one that follows it, is refused."""

from __future__ import annotations

import pytest
from tests.unit.charter.edited_catalogues import Change, list_reasons, load_edited

REASON = "list for the same thing"
CASES, LISTS, SCHEMES, PROCEDURES = "cases:\n", "lists:\n", "\nschemes:\n", "\nprocedures:\n"
CASE = """\
  again:
    title: Again
    basis: act art. 1
    record: {record}
    procedure: hearing
    steps:
      told: {{title: Told, basis: act art. 3, role: notice, on: told_on}}
      listed: {{title: Listed, basis: act art. 1, role: decision, after: [told], on: served_on}}
"""
LIST = """\
  listed-again: {title: Listed again, basis: act art. 1, case: again, while: [listed], stays: P1Y}
"""
RECORD = """\
  {name}:
    title: Another decision
    basis: act art. 1
    by: [office]
    states: {states}
    {about}
    concerns: [organisation]
    conduct: [{conduct}]
    fields:
      told_on: {{type: date, title: Told, kind: day}}
      served_on: {{type: date, title: Served, kind: day}}
      agreed: {{type: boolean, title: Agreed, kind: status}}
"""


def list_again(record: str, *added: str, first: bool = False) -> tuple[Change, ...]:
    """A second case with a list, and records more; the case stands before all others, or after them."""
    case = (
        (CASES, CASES + CASE.format(record=record))
        if first
        else (f"\n{LISTS}", f"{CASE.format(record=record)}\n{LISTS}")
    )
    return case, (f"\n{LISTS}", f"\n{LISTS}{LIST}"), (SCHEMES, "".join(added) + SCHEMES)


def write_record(name: str, about: str = "", conduct: str = "procurement-fraud", states: str = "decision") -> str:
    """A record type more."""
    about = f"about: {about}" if about else "audience: anybody"
    return RECORD.format(name=name, about=about, conduct=conduct, states=states)


REPEATED: dict[str, tuple[Change, ...]] = {
    "the same record": list_again("finding"),
    "the same record, in a case before": list_again("finding", first=True),
    "a renewal": list_again("renewal", write_record("renewal", "finding")),
    "a renewal, in a case before": list_again("renewal", write_record("renewal", "finding"), first=True),
    "a renewal under another conduct": list_again("renewal", write_record("renewal", "finding", "corruption")),
    "what follows the repair": list_again("renewal", write_record("renewal", "repair")),
    "what follows what follows": list_again(
        "third", write_record("second", "finding"), write_record("third", "second", "collusion")
    ),
}


@pytest.mark.parametrize("means", REPEATED)
def test_a_second_listing_for_one_thing_is_refused(means: str) -> None:
    """At once or afterwards, under the same word or another: together they would outlast any term."""
    assert any(REASON in text for text in list_reasons(load_edited(*REPEATED[means]), 7)), means


SINGLE: dict[str, tuple[Change, ...]] = {
    "another thing": list_again("other", write_record("other", conduct="food-safety")),
    "another thing of the same kind": list_again("other", write_record("other")),
    "another thing, decided after a visit": list_again("other", write_record("other", "visit", "food-safety")),
    "a second case that lists nobody": ((f"\n{LISTS}", f"{CASE.format(record='finding')}\n{LISTS}"),),
    "a list more of the same case": (
        (f"\n{LISTS}", f"\n{LISTS}{LIST.replace('again, while: [listed]', 'fraud, while: [excluded]')}"),
    ),
}


@pytest.mark.parametrize("means", SINGLE)
def test_another_thing_may_be_listed_for(means: str) -> None:
    """A case of its own for each thing that was decided, and several lists of one case."""
    assert not any(REASON in text for text in list_reasons(load_edited(*SINGLE[means]), 7)), means
