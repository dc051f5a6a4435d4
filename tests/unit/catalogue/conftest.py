"""A small catalogue, one file a text, that tests change in one place and load again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from goodstanding.catalogue import Catalogue, load_files
from goodstanding.errors import CatalogueError

CATALOGUE = """\
catalogue: small
version: 1
mode: live
title: A small catalogue
summary: Two scores make a grade, a decision makes a listing.
in_force: 2020-01-01
subjects: [organisation]

records:
  visit:
    title: Visit
    basis: act art. 1
    by: [office]
    published: grade
    fields:
      status: {type: code, title: Status, one_of: [done, exempt], required: true}
      clean: {type: integer, title: Cleanliness, one_of: [0, 5, 10]}
      safe: {type: integer, title: Safety, one_of: [0, 5, 10]}
      told: {type: boolean, title: The organisation was told}
  decision:
    title: Decision
    basis: act art. 2
    by: [office]
    fields:
      class: {type: code, title: Class, one_of: [minor, serious]}
      served_on: {type: date, title: Served}
      amount: {type: integer, title: Amount}
  removal:
    title: Removal
    basis: act art. 2
    by: [office]
    about: decision

schemes:
  grade:
    title: Grade
    basis: act art. 1
    kind: latest
    record: visit
    score: clean + safe
    ungraded:
      - {when: status = 'exempt', reason: Exempt., basis: act art. 1}
    discretion:
      - {grade: C, when: told, basis: act art. 1}
    bands:
      - {grade: A, at_most: 5}
      - {grade: B, at_least: 6, at_most: 10}
      - {grade: C}
    lapses: P2Y
  points:
    title: Points
    basis: act art. 2
    kind: points
    record: decision
    starts_with: visit
    base: 9
    floor: 0
    cap: 10
    items:
      small: {title: Small, basis: act art. 2, when: class = 'minor', points: -1, counts_for: P1Y}
      large: {title: Large, basis: act art. 2, when: class = 'serious', points: -6, at_most: 6}
      gift: {title: Gift, basis: act art. 2, when: amount > 100, points: 4}
    bands:
      - {grade: good, at_least: 6}
      - {grade: bad}

cases:
  listing:
    title: Listing
    basis: act art. 2
    record: decision
    steps:
      listed: {title: Listed, basis: act art. 2, public_on: served_on}
      removed: {title: Removed, basis: act art. 2, record: removal, after: [listed]}

lists:
  decisions:
    title: Decisions
    basis: act art. 2
    case: listing
    while: [listed]
    stays: {by: class, terms: {minor: P1Y, serious: P3Y}}

measures:
  barred:
    title: Barred
    basis: act art. 3
    kind: restriction
    list: decisions
    purpose: tenders
    audience: [buyer]
"""
INSTRUMENTS = """\
act:
  title: The Act
  jurisdiction: Nowhere
  in_force: 2019-07-01
  articles:
    "1": {title: Grades}
    "2": {title: Decisions}
    "3": {title: What follows}
"""
FEED = """\
feed: visits
title: Visits
record: visit
source: {text: office-1}
reference: number
subject:
  kind: organisation
  identifiers:
    - {scheme: uk-fhrs-row, value: {column: number}}
  name: name
occurred: day
fields:
  status: {column: state, map: {Done: done, Exempt: exempt}}
  clean: clean
published: {column: grade, only: [A, B, C]}
"""
EXAMPLES = """\
- example: A clean place is an A
  law: act art. 1
  records:
    - {record: visit, occurred: 2020-02-03, fields: {status: done, clean: 0, safe: 5}}
  then:
    - {at: 2020-02-03, effects: {grade: A}}
"""
SOURCES = "id,name,kind,region\noffice-1,The office,office,Nowhere\n"

Texts = dict[str, str]
Change = Callable[[str, str, str], Texts]
Refused = Callable[[str, str, str], CatalogueError]


@pytest.fixture
def texts() -> Texts:
    """The files of the small catalogue by relative path."""
    files = {"catalogue.yaml": CATALOGUE, "instruments.yaml": INSTRUMENTS, "feeds/visits.yaml": FEED}
    return files | {"examples.yaml": EXAMPLES, "sources.csv": SOURCES}


@pytest.fixture
def small_catalogue(texts: Texts) -> Catalogue:
    """The small catalogue, loaded."""
    return load_files(texts)


@pytest.fixture
def change_files(texts: Texts) -> Change:
    """The files with one text replaced in one of them."""

    def change(file: str, old: str, new: str) -> Texts:
        assert texts[file].count(old) >= 1, f"{old!r} is not in {file}"
        return {**texts, file: texts[file].replace(old, new, 1)}

    return change


@pytest.fixture
def refuse_change(change_files: Change) -> Refused:
    """The error with which the changed catalogue is refused."""

    def refusal(file: str, old: str, new: str) -> CatalogueError:
        with pytest.raises(CatalogueError) as caught:
            load_files(change_files(file, old, new))
        return caught.value

    return refusal


@pytest.fixture
def get_line_number() -> Callable[[str, str], int]:
    """The number of the line in which a text first holds another."""
    return lambda text, needle: text[: text.index(needle)].count("\n") + 1
