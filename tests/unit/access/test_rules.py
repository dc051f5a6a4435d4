"""Who may see what: the whole matrix, written out."""

from __future__ import annotations

import pytest
from tests.tables import list_differing_cells

from goodstanding.access import ANYBODY, OPERATOR, Action, Actor, Resource, Role, list_visible_audiences, may
from goodstanding.access.rules import AUDIENCES

COMPANY = Resource("organisation", frozenset({"mx-rfc:A", "gb-coh:1"}), frozenset({"mx-sat"}))
IN_FORCE = Resource("organisation", COMPANY.identifiers, COMPANY.sources, in_force_now=True)
FOR_BODY = Resource("organisation", COMPANY.identifiers, COMPANY.sources, for_body=True)
PLACE = Resource("establishment", frozenset({"mx-rfc:A"}), frozenset({"mx-sat"}))
OFFICE = Resource("authority", frozenset({"mx-rfc:A"}), frozenset({"mx-sat"}))
PERSON = Resource("person", frozenset({"mx-rfc:A"}), frozenset({"mx-sat"}), in_force_now=True)

ACTORS = {
    "anybody": ANYBODY,
    "subject, own": Actor(Role.SUBJECT, "mx-rfc:A"),
    "subject, by another identifier": Actor(Role.SUBJECT, "gb-coh:1"),
    "subject, other": Actor(Role.SUBJECT, "mx-rfc:B"),
    "subject, nobody": Actor(Role.SUBJECT),
    "source, own": Actor(Role.SOURCE, "mx-sat"),
    "source, other": Actor(Role.SOURCE, "uk-fhrs-la:102"),
    "source, none": Actor(Role.SOURCE),
    "decider, all": Actor(Role.DECIDER),
    "decider, own": Actor(Role.DECIDER, "mx-sat"),
    "decider, other": Actor(Role.DECIDER, "uk-fhrs-la:102"),
    "appeal, all": Actor(Role.APPEAL),
    "appeal, own": Actor(Role.APPEAL, "mx-sat"),
    "appeal, other": Actor(Role.APPEAL, "uk-fhrs-la:102"),
    "overseer": Actor(Role.OVERSEER),
    "recipient": Actor(Role.RECIPIENT),
    "relying party": Actor(Role.RELYING, "bank"),
    "applicant": Actor(Role.APPLICANT, "", "Wu Worker"),
    "operator": OPERATOR,
}
ACTIONS = {
    "now": (Action.SEE_NOW, COMPANY),
    "past": (Action.SEE_PAST, COMPANY),
    "parties": (Action.SEE_PARTIES, COMPANY),
    "record": (Action.SEE_RECORD, COMPANY),
    "record in force": (Action.SEE_RECORD, IN_FORCE),
    "list": (Action.DOWNLOAD_LIST, COMPANY),
    "state": (Action.STATE_RECORDS, COMPANY),
    "keys": (Action.KEEP_KEYS, COMPANY),
    "case": (Action.SEE_CASE, COMPANY),
    "appealed": (Action.SEE_CASE, FOR_BODY),
    "own": (Action.HOLD_FILE, COMPANY),
    "oversee": (Action.OVERSEE, COMPANY),
    "admit": (Action.ADMIT_SOURCES, COMPANY),
}
MATRIX = """
actor                         |now|past|parties|record|record in force|list|state|keys|case|appealed|own|oversee|admit
anybody                       |yes|no  |no     |no    |yes            |no  |no   |no  |no  |no      |no|no|no
subject, own                  |yes|yes |yes    |yes   |yes            |no  |no   |no  |yes |yes     |yes|no|no
subject, by another identifier|yes|yes |yes    |yes   |yes            |no  |no   |no  |yes |yes     |yes|no|no
subject, other                |yes|no  |no     |no    |yes            |no  |no   |no  |no  |no      |no|no|no
subject, nobody               |yes|no  |no     |no    |yes            |no  |no   |no  |no  |no      |no|no|no
source, own                   |yes|yes |yes    |yes   |yes            |no  |yes  |no  |yes |yes     |no|no|no
source, other                 |yes|no  |no     |no    |yes            |no  |no   |no  |no  |no      |no|no|no
source, none                  |yes|no  |no     |no    |yes            |no  |no   |no  |no  |no      |no|no|no
decider, all                  |yes|yes |yes    |yes   |yes            |no  |no   |no  |yes |yes     |no|no|no
decider, own                  |yes|yes |yes    |yes   |yes            |no  |no   |no  |yes |yes     |no|no|no
decider, other                |yes|no  |no     |no    |yes            |no  |no   |no  |no  |no      |no|no|no
appeal, all                   |yes|yes |yes    |yes   |yes            |no  |no   |no  |no  |yes     |no|no|no
appeal, own                   |yes|yes |yes    |yes   |yes            |no  |no   |no  |no  |yes     |no|no|no
appeal, other                 |yes|no  |no     |no    |yes            |no  |no   |no  |no  |yes     |no|no|no
overseer                      |yes|yes |yes    |yes   |yes            |yes |no   |no  |yes |yes     |no|yes|yes
recipient                     |yes|no  |no     |no    |yes            |yes |no   |no  |no  |no      |no|no|no
relying party                 |yes|no  |no     |no    |yes            |no  |no   |no  |no  |no      |no|no|no
applicant                     |yes|no  |no     |no    |yes            |no  |no   |no  |no  |no      |no|no|no
operator                      |yes|no  |no     |no    |yes            |yes |no   |yes |no  |no      |no |no|no
"""


def _list_cells() -> list[tuple[str, str, bool]]:
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in MATRIX.strip().splitlines()]
    return [(row[0], name, answer == "yes") for row in rows for name, answer in zip(header[1:], row[1:], strict=True)]


CELLS = _list_cells()


@pytest.mark.parametrize("kind", ["organisation", "establishment", "authority"])
def test_the_matrix(kind: str) -> None:
    """Each role may do what the matrix says, about every kind of subject alike, and is told because of which rule."""
    expected = {(actor, action): (allowed, True) for actor, action, allowed in CELLS}
    decided = {(actor, action): _decide(kind, actor, action) for actor, action in expected}
    assert list_differing_cells(decided, expected) == {}


def _decide(kind: str, actor: str, action: str) -> tuple[bool, bool]:
    kind_of_act, about = ACTIONS[action]
    resource = Resource(kind, about.identifiers, about.sources, about.in_force_now, about.for_body)
    decision = may(ACTORS[actor], kind_of_act, resource)
    return decision.allowed, bool(decision.because)


def test_the_matrix_is_whole() -> None:
    """Every role and every action has its cells, so that a new one cannot be forgotten."""
    assert {ACTORS[actor].role for actor, _, _ in CELLS} == set(Role)
    assert {ACTIONS[action][0] for _, action, _ in CELLS} == set(Action)
    assert len(CELLS) == len(ACTORS) * len(ACTIONS)


def test_a_person_is_never_shown() -> None:
    """Nobody may do anything to a natural person's file, not even the overseer or the person."""
    expected = {(actor, action): (False, True) for actor in ACTORS for action in Action}
    decisions = {(actor, action): may(ACTORS[actor], action, PERSON) for actor, action in expected}
    decided = {cell: (decision.allowed, "article 3" in str(decision.because)) for cell, decision in decisions.items()}
    assert list_differing_cells(decided, expected) == {}


@pytest.mark.parametrize("action", [Action.SEE_PAST, Action.SEE_PARTIES, Action.SEE_RECORD, Action.DOWNLOAD_LIST])
def test_a_role_that_no_rule_names_is_refused(action: Action) -> None:
    """Whoever comes with a role that the rules do not know sees no more than anybody."""
    assert not may(Actor("visitor"), action, COMPANY).allowed  # type: ignore[arg-type]


@pytest.mark.parametrize("actor", [ACTORS["subject, nobody"], ACTORS["source, none"]])
def test_an_empty_scope_is_no_party(actor: Actor) -> None:
    """A subject or a source without a name is a party to no file, not even to one without identifiers or sources."""
    assert not may(actor, Action.SEE_PARTIES, Resource()).allowed


def test_the_filter_says_what_the_rule_says() -> None:
    """The audiences that an actor sees are those that the rule for one resource allows."""
    resources = {"company": COMPANY, "place": PLACE, "office": OFFICE, "company in force": IN_FORCE}
    cells = [(actor, resource) for actor in ACTORS for resource in resources]
    party = {cell: may(ACTORS[cell[0]], Action.SEE_PARTIES, resources[cell[1]]).allowed for cell in cells}
    seen = {cell: tuple(list_visible_audiences(ACTORS[cell[0]], resources[cell[1]])) for cell in cells}
    assert list_differing_cells(seen, {cell: AUDIENCES if party[cell] else ("anybody",) for cell in cells}) == {}
