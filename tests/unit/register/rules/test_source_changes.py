"""Sources that an event admits: under the mandate of their kind, by two people, and what becomes of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from tests.clerk import uk_row
from tests.register_fixtures import LIBRARY
from tests.registers import NOW

from goodstanding.access import ANYBODY, OPERATOR, Actor, Role
from goodstanding.catalogue import Catalogue, load_files
from goodstanding.errors import BadInput, GoodstandingError, NotAllowed, NotFound, Overtaken, UnknownKey
from goodstanding.ledger import store as ledger
from goodstanding.messages import IntakeMessage, RegisterMessage
from goodstanding.register.rules.source_checks import AdmissionLine, SourceAct, SourceChange

Send = Callable[..., Any]
HYGIENE, NEW, DAY = "uk-food-hygiene", "uk-fhrs-la:999", date(2015, 1, 1)
OLGA, OTTO = Actor(Role.OVERSEER, name="olga"), Actor(Role.OVERSEER, name="otto")
SAYS = "inspects the places that serve food in its area, and scores them."
LINE = AdmissionLine(id=NEW, name="Newtown", kind="food-authority", first_day=DAY, basis="Order 2015/1, art. 2")
_ADMISSIONS = re.compile(r"admissions:\n(?:  .*\n)+")


def make_open_catalogue(*changes: tuple[str, str]) -> Catalogue:
    """The packaged rules for food hygiene, under which authorities are admitted by events, with other words."""
    files = dict(LIBRARY[HYGIENE].files)
    for words, other_words in changes:
        assert words in files["catalogue.yaml"]
        files["catalogue.yaml"] = files["catalogue.yaml"].replace(words, other_words, 1)
    return load_files(files)


def make_closed_catalogue(version: int) -> Catalogue:
    """The same rules as they were before: what no catalogue names is no source."""
    text, count = _ADMISSIONS.subn("", LIBRARY[HYGIENE].files["catalogue.yaml"])
    assert count == 1
    return load_files(
        LIBRARY[HYGIENE].files | {"catalogue.yaml": re.sub("^version: .*$", f"version: {version}", text, flags=re.M)}
    )


@pytest.fixture
def admitting(enact: Callable[[Catalogue], int]) -> None:
    """The register of the test has that catalogue in force."""
    enact(make_open_catalogue())


def change_sources(change: SourceChange, signer: Actor = OTTO) -> int:
    """Proposes a change, signs it, and gives the position of the proposal."""
    from goodstanding.register.rules.source_changes import propose_source_change, sign_source_change

    position = propose_source_change(change, OLGA, NOW).position
    sign_source_change(position, signer, NOW)
    return position


def admit(*lines: AdmissionLine) -> int:
    """Admits sources under the catalogue."""
    return change_sources(SourceChange(act=SourceAct.ADMIT, catalogue=HYGIENE, sources=lines or (LINE,)))


def change_office(act: SourceAct, office: str, into: str, day: date = DAY) -> int:
    """Merges a source into another, or renumbers it."""
    return change_sources(SourceChange(act=act, office=office, into=into, day=day, basis="Order 2015/2, art. 1"))


def end_source(office: str = NEW, day: date = date(2015, 12, 31)) -> int:
    """Ends a source that was admitted."""
    return change_sources(
        SourceChange(act=SourceAct.END, catalogue=HYGIENE, office=office, day=day, basis="Order 2015/3, art. 1")
    )


def list_codes(intake: Any) -> list[str]:
    """The codes of the problems of what was sent."""
    return [problem.code for problem in intake.problems]


def list_source_ids() -> set[str]:
    """The sources that the catalogue in force has."""
    from goodstanding.register.rules.enacted_catalogues import get_enacted

    return {source.id for source in get_enacted(HYGIENE).catalogue.sources}


@pytest.mark.each_database
@pytest.mark.usefixtures("admitting")
def test_rows_of_an_admitted_source_are_taken_without_a_new_version(send: Send) -> None:
    """Before it is admitted its rows wait, and say that it can be; after that they are taken from quarantine."""
    from goodstanding.intake.replay.quarantine_replay import replay_quarantine
    from goodstanding.register.rules.enacted_catalogues import get_enacted

    rows = [uk_row(1), uk_row(2, local_authority_code="999")]
    intake = send("uk-fhrs", rows)
    assert (intake.issued, list_codes(intake)) == (1, [IntakeMessage.SOURCE_NOT_ADMITTED])
    version = get_enacted(HYGIENE).position
    admit()
    [result] = replay_quarantine("uk-fhrs", NOW)
    assert (result.issued, result.quarantined, get_enacted(HYGIENE).position) == (1, 0, version)
    assert send("uk-fhrs", [uk_row(3, local_authority_code="999")], name="later").issued == 1


def test_a_catalogue_without_admissions_admits_none(send: Send, enact: Callable[[Catalogue], int]) -> None:
    """Its rows wait as ever, and the words of old stay."""
    enact(make_closed_catalogue(2))
    intake = send("uk-fhrs", [uk_row(2, local_authority_code="999")])
    assert list_codes(intake) == [IntakeMessage.SOURCE_NOT_DECLARED]
    with pytest.raises(BadInput) as caught:
        admit()
    assert caught.value.coded.code == RegisterMessage.CATALOGUE_ADMITS_NONE


@pytest.mark.usefixtures("admitting")
def test_a_mandate_has_its_first_and_last_day(send: Send) -> None:
    """By the day on which rows are stated."""
    admit()
    end_source(day=date(2015, 12, 31))
    rows = [uk_row(1, local_authority_code="999", ratingdate="2014-06-02")]
    before, within, after = (send("uk-fhrs", rows, stated=day) for day in ("2014-12-31", "2015-12-31", "2016-01-01"))
    assert list_codes(before) == [IntakeMessage.SOURCE_NOT_YET_AT_WORK]
    assert within.issued == 1
    assert list_codes(after) == [IntakeMessage.SOURCE_NO_LONGER_AT_WORK]


@pytest.mark.usefixtures("admitting")
def test_an_ended_source_proposes_no_case() -> None:
    """Nor does one whose mandate has not begun."""
    from goodstanding.register.rules.enacted_catalogues import get_enacted

    admit()
    end_source(day=date(2015, 12, 31))
    rules = get_enacted(HYGIENE).catalogue
    days = (DAY - timedelta(days=1), DAY, date(2015, 12, 31), date(2016, 1, 1))
    assert [rules.has_mandate(NEW, "inspection", day) for day in days] == [False, True, True, False]
    assert rules.has_mandate("uk-fhrs-la:102", "inspection", date(1999, 1, 1))
    assert not rules.has_mandate("nobody", "inspection", DAY)


@pytest.mark.usefixtures("admitting")
def test_whoever_proposed_does_not_sign() -> None:
    """Two people of the overseer's office, however they type their names; nobody else has a say."""
    from goodstanding.register.rules.source_changes import propose_source_change, sign_source_change

    change = SourceChange(act=SourceAct.ADMIT, catalogue=HYGIENE, sources=(LINE,))
    position = propose_source_change(change, OLGA, NOW).position
    assert NEW not in list_source_ids()
    with pytest.raises(BadInput, match="olga"):
        sign_source_change(position, replace(OLGA, name=" OLGA "), NOW)
    for actor in (ANYBODY, OPERATOR, Actor(Role.SOURCE, "uk-fhrs-la:102", "ada"), Actor(Role.OVERSEER)):
        with pytest.raises(NotAllowed):
            propose_source_change(change, actor, NOW)
        with pytest.raises(NotAllowed):
            sign_source_change(position, actor, NOW)
    sign_source_change(position, OTTO, NOW)
    assert NEW in list_source_ids()
    with pytest.raises(NotFound):
        sign_source_change(position, OTTO, NOW)


@pytest.mark.usefixtures("admitting")
def test_whoever_was_overtaken_is_told() -> None:
    """Each act carries what its sender had seen."""
    from goodstanding.register.rules.source_changes import (
        decline_source_change,
        find_newest_change,
        list_source_changes,
        propose_source_change,
        sign_source_change,
    )

    change = SourceChange(act=SourceAct.ADMIT, catalogue=HYGIENE, sources=(LINE,))
    seen = find_newest_change()
    position = propose_source_change(change, OLGA, NOW, seen).position
    with pytest.raises(Overtaken):
        propose_source_change(change, OTTO, NOW, seen)
    with pytest.raises(Overtaken):
        sign_source_change(position, OTTO, NOW, seen)
    decline_source_change(position, OTTO, "Its name is another one.", NOW, find_newest_change())
    [declined] = list_source_changes()
    assert (declined.declined, declined.signed_by, NEW in list_source_ids()) == ("Its name is another one.", "", False)


@pytest.mark.usefixtures("admitting")
@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((), RegisterMessage.ADMISSIONS_OUT_OF_BOUNDS),
        ((msgspec.structs.replace(LINE, kind="court"),), RegisterMessage.SOURCE_KIND_NOT_ADMITTED),
        ((msgspec.structs.replace(LINE, id="UK-fhrs-la:102"),), RegisterMessage.SOURCE_KNOWN_ALREADY),
        ((LINE, LINE), RegisterMessage.SOURCE_KNOWN_ALREADY),
        ((msgspec.structs.replace(LINE, id="Overseer"),), RegisterMessage.SOURCE_ID_RESERVED),
        ((msgspec.structs.replace(LINE, id="la:1 inspection"),), RegisterMessage.SOURCE_ID_RESERVED),
        ((msgspec.structs.replace(LINE, id="la:1/2"),), RegisterMessage.SOURCE_ID_RESERVED),
        ((msgspec.structs.replace(LINE, name="\u202e "),), RegisterMessage.TEXT_MISSING),
        ((msgspec.structs.replace(LINE, basis=" "),), RegisterMessage.TEXT_MISSING),
        ((msgspec.structs.replace(LINE, region="a\x00b"),), RegisterMessage.TEXT_OF_FORBIDDEN_CHARACTERS),
        ((msgspec.structs.replace(LINE, first_day=date(2099, 1, 1)),), RegisterMessage.SOURCE_DAY_TOO_FAR),
    ],
)
def test_what_cannot_be_admitted_is_refused_whole(lines: tuple[AdmissionLine, ...], code: RegisterMessage) -> None:
    """With the line at fault, and nothing is in the ledger."""
    from goodstanding.register.rules.source_changes import propose_source_change

    size = ledger.get_ledger_size()
    with pytest.raises(BadInput) as caught:
        propose_source_change(SourceChange(act=SourceAct.ADMIT, catalogue=HYGIENE, sources=lines), OLGA, NOW)
    assert (caught.value.coded.code, ledger.get_ledger_size()) == (code, size)


@pytest.mark.each_database
@pytest.mark.usefixtures("admitting")
def test_a_renumbered_source_goes_on_under_its_new_number(send: Send) -> None:
    """With the mandate that it had, and with its references, although no catalogue names the number."""
    send("uk-fhrs", [uk_row(1, local_authority_code="102")], stated="2015-01-16")
    change_office(SourceAct.RENUMBER, "uk-fhrs-la:102", NEW, date(2015, 2, 1))
    intake = send("uk-fhrs", [uk_row(1, local_authority_code="999", hygiene="5")], stated="2015-03-16")
    assert (intake.issued, intake.withdrawn) == (1, 1)
    assert IntakeMessage.TAKEN_OVER in [note.code for note in intake.notes]


@pytest.mark.usefixtures("admitting")
def test_a_source_is_merged_into_one_that_was_admitted() -> None:
    """Not into one that nobody admitted, nor before the day is there; a number that is taken is no new one."""
    from goodstanding.register.rules.authorities import load_authority_tree

    with pytest.raises(BadInput) as unknown:
        change_office(SourceAct.MERGE, "uk-fhrs-la:102", NEW)
    admit()
    with pytest.raises(BadInput) as ahead:
        change_office(SourceAct.MERGE, "uk-fhrs-la:102", NEW, NOW.date() + timedelta(days=3))
    with pytest.raises(BadInput) as taken:
        change_office(SourceAct.RENUMBER, "uk-fhrs-la:102", NEW.upper())
    codes = [caught.value.coded.code for caught in (unknown, ahead, taken)]
    assert codes == [
        RegisterMessage.OFFICE_UNKNOWN, RegisterMessage.SOURCE_DAY_NOT_PAST, RegisterMessage.OFFICE_NUMBER_TAKEN,
    ]  # fmt: skip
    change_office(SourceAct.MERGE, "uk-fhrs-la:102", NEW)
    assert load_authority_tree().now("uk-fhrs-la:102") == NEW


@pytest.mark.usefixtures("admitting")
def test_only_what_an_event_admitted_is_ended_by_one() -> None:
    """Once, and not before its first day; what a catalogue names goes on until a new version."""
    admit()
    with pytest.raises(BadInput) as named:
        end_source("uk-fhrs-la:102")
    with pytest.raises(BadInput) as early:
        end_source(day=DAY - timedelta(days=1))
    end_source()
    with pytest.raises(BadInput) as twice:
        end_source()
    assert [caught.value.coded.code for caught in (named, early, twice)] == [
        RegisterMessage.SOURCE_NOT_ADMITTED_BY_EVENT, RegisterMessage.SOURCE_ENDS_BEFORE_ITS_BEGIN,
        RegisterMessage.SOURCE_ENDED_ALREADY,
    ]  # fmt: skip


@pytest.mark.each_database
@pytest.mark.usefixtures("admitting")
def test_the_register_holds_and_remembers_what_was_known_when(
    send: Send, assert_register_holds: Callable[[], None]
) -> None:
    """Verified and made anew; at an earlier size the source was not there, or had no end yet."""
    from goodstanding.register.rules.source_admissions import list_admitted_sources

    before = ledger.get_ledger_size()
    admit()
    between = ledger.get_ledger_size()
    send("uk-fhrs", [uk_row(1, local_authority_code="999")])
    end_source()
    assert_register_holds()
    days = [[source.last_day for source in list_admitted_sources(HYGIENE, size)] for size in (before, between, None)]
    assert days == [[], [None], [date(2015, 12, 31)]]


@pytest.mark.usefixtures("admitting")
def test_a_new_version_can_take_the_mandate_of_a_kind_away(enact: Callable[[Catalogue], int]) -> None:
    """What was admitted keeps its name and may issue nothing; a version that names it itself goes before the event."""
    from goodstanding.register.rules.enacted_catalogues import get_enacted

    admit()
    closed = make_closed_catalogue(4)
    enact(closed)
    rules = get_enacted(HYGIENE).catalogue
    assert (NEW in list_source_ids(), rules.mandates[NEW]) == (True, frozenset())
    named = closed.files["sources.csv"] + f"{NEW},New Name,food-authority,Newtown\n"
    newest = closed.files["catalogue.yaml"].replace("version: 4", "version: 5")
    enact(load_files(closed.files | {"sources.csv": named, "catalogue.yaml": newest}))
    rules = get_enacted(HYGIENE).catalogue
    assert [source.name for source in rules.sources if source.id == NEW] == ["New Name"]
    assert rules.mandates[NEW] == {"inspection"}


@pytest.mark.usefixtures("admitting")
def test_offices_never_direct_one_another_in_a_circle() -> None:
    """Neither by their admission nor because one becomes another: every page that asks who directs whom would fail."""
    high, low, far = (msgspec.structs.replace(LINE, id=f"uk-fhrs-la:99{number}") for number in range(3))
    with pytest.raises(BadInput):
        admit(msgspec.structs.replace(high, above=low.id), msgspec.structs.replace(low, above=high.id))
    admit(high, msgspec.structs.replace(low, above=high.id), msgspec.structs.replace(far, above=low.id))
    with pytest.raises(BadInput):
        change_office(SourceAct.MERGE, high.id, far.id)
    change_office(SourceAct.MERGE, low.id, high.id)


@pytest.mark.usefixtures("admitting")
def test_of_two_proposals_about_one_source_one_is_done() -> None:
    """What stands against a change is looked for again when it is signed; keys and accounts are the source's then."""
    from goodstanding.register.rules.source_changes import propose_source_change, sign_source_change

    change = SourceChange(act=SourceAct.ADMIT, catalogue=HYGIENE, sources=(LINE,))
    first, second = (propose_source_change(change, OLGA, NOW).position for _time in range(2))
    sign_source_change(first, OTTO, NOW)
    with pytest.raises(BadInput) as caught:
        sign_source_change(second, OTTO, NOW)
    assert caught.value.coded.code == RegisterMessage.SOURCE_KNOWN_ALREADY


def test_an_admission_needs_a_basis_and_something_to_do() -> None:
    """A mandate is a rule: it cites an article, and the kind issues some record type or holds a step."""
    with pytest.raises(UnknownKey, match="'bakery'"):
        make_open_catalogue(("admissions:\n  food-authority", "admissions:\n  bakery"))
    with pytest.raises(GoodstandingError):
        make_open_catalogue((f"{SAYS}\n    basis: food-law-code-of-practice annex. 5", f'{SAYS}\n    basis: ""'))
    rules = make_open_catalogue()
    assert ("admissions", "food-authority") in [place for place, _rule in rules.rules()]
