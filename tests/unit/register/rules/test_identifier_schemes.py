"""A register's own schemes of identifiers: in force with the catalogue that declares them, at every door."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.clerk import uk_row
from tests.register_fixtures import ENACTED, LIBRARY, enact_catalogue_at_once, send_rows
from tests.registers import NOW
from tests.scenarios import play_once

from goodstanding.catalogue import Catalogue, load_files
from goodstanding.errors import BadIdentifier, CatalogueError, CharterBreached, GoodstandingError

TODAY = date(2026, 11, 22)
OWN = """\
identifiers:
  town-licence:
    title: Licence of the town
    basis: fhrs-brand-standard sec. 3
    pattern: "[0-9]{4}"
    example: "7997"
    check: luhn
"""
PERSONS = (
    OWN.replace("[0-9]{4}", "[0-9]{6}(19|20)[0-9]{10}").replace("7997", "999999199001010004").replace("luhn", "none")
)
Send = Callable[..., Any]


def declare(own: str = OWN, scheme: str = "town-licence", beside: str = "", **keys: Any) -> Catalogue:
    """The catalogue uk-food-hygiene with schemes of its own, by one of which its feed names establishments."""
    texts = dict(LIBRARY["uk-food-hygiene"].files)
    text = texts["catalogue.yaml"].replace("\nrecords:\n", f"\n{own}\nrecords:\n", 1)
    for key, value in keys.items():
        before = next(line for line in text.splitlines() if line.startswith(f"{key}: "))
        text = text.replace(before, f"{key}: {value}", 1)
    feed = texts["feeds/uk-fhrs.yaml"].replace("scheme: uk-fhrs-row", f"scheme: {scheme}")
    feed = feed.replace("value: row_id}\n", f"value: row_id}}\n{beside}", 1)
    return load_files(texts | {"catalogue.yaml": text, "feeds/uk-fhrs.yaml": feed})


def find_code(error: pytest.ExceptionInfo[Any]) -> str:
    """The code of a refusal."""
    return str(error.value.coded.code)


@play_once
def town(files: Any) -> None:
    """The register of the test has a catalogue with a scheme of its own in force, and two establishments on file."""
    enact_catalogue_at_once(declare())
    send_rows(files, "uk-fhrs", [uk_row("7997"), uk_row("7992")])


@pytest.mark.each_database
@pytest.mark.usefixtures("town")
def test_an_own_scheme_leads_to_a_file(assert_register_holds: Callable[[], None]) -> None:
    """By identifier, however it is spelt, and in the search also without its scheme; ledger and tables hold."""
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.subjects import find_subject_id, get_subject
    from goodstanding.register.search.name_search import match_subjects

    subject = get_subject(find_subject_id("Town-Licence: 79 97"))
    assert subject.identifier == "town-licence:7997"
    now = PointInTime(date(2015, 3, 16))
    for words in ("town-licence:7997", "79-97", "7997"):
        assert match_subjects(words, now).subject_ids == (subject.id,)
    assert_register_holds()


@pytest.mark.usefixtures("town")
def test_the_pages_call_an_own_scheme_by_its_title(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file names it and says what is doubtful; so does its answer for programs."""
    from django.test import Client

    from goodstanding.web.http import clock

    monkeypatch.setattr(clock, "get_now", lambda: datetime(2015, 3, 16, 12, tzinfo=UTC))
    client = Client(headers={"host": "localhost"})
    for number, doubts in (("7997", 0), ("7992", 1)):
        page = client.get(f"/subjects/town-licence:{number}.json").json()
        [line] = page["identifiers"]
        assert (line["text"], line["scheme"]) == (f"town-licence:{number}", "Licence of the town")
        assert len(line["problems"]) == doubts
    assert "Licence of the town" in client.get("/subjects/town-licence:7997").text


@pytest.mark.usefixtures("town")
def test_the_page_of_a_catalogue_says_which_schemes_it_declares() -> None:
    """With the article on which each rests, a value, and whose it is."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    page = client.get("/catalogues/uk-food-hygiene.json").json()
    [line] = [
        line
        for section in page["parts"]
        for group in section["groups"]
        for line in group["lines"]
        if line["place"] == "identifiers/town-licence"
    ]
    assert line["title"] == "Licence of the town"
    assert line["points"][0] == "Written as [0-9]{4}, such as town-licence:7997."
    assert line["points"][1] == "Of organisations and establishments."
    assert "town-licence:7997" in client.get("/catalogues/uk-food-hygiene").text


@pytest.mark.usefixtures("town")
def test_a_row_of_another_form_waits(send: Send) -> None:
    """Its problem says how such an identifier is called, and its form."""
    from goodstanding.intake.quarantine.quarantine_entries import list_open_entries

    send("uk-fhrs", [uk_row("12345")], stated="2015-03-16")
    [entry] = list_open_entries()
    [problem] = entry.problems
    assert "Licence of the town" in problem.words("") and "[0-9]{4}" in problem.words("")


@pytest.mark.usefixtures("register_folder")
def test_no_title_or_shape_breaks_what_is_made_of_it(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quotation marks, markup, percent signs and braces are words like others, in statements, messages and pages."""
    from django.test import Client

    from goodstanding.intake.quarantine.quarantine_entries import list_open_entries
    from goodstanding.web.http import clock

    monkeypatch.setattr(clock, "get_now", lambda: datetime(2015, 3, 16, 12, tzinfo=UTC))
    hostile = r"""'; <b>%(x)s</b> {y} \ " %s"""
    own = OWN.replace("title: Licence of the town", f"title: {json.dumps(hostile)}\n    shape: {json.dumps(hostile)}")
    enact_catalogue_at_once(declare(own))
    send("uk-fhrs", [uk_row("7992"), uk_row("12345")])
    [entry] = list_open_entries()
    assert hostile in entry.problems[0].words("")
    page = Client(headers={"host": "localhost"}).get("/subjects/town-licence:7992").text
    assert "&lt;b&gt;" in page and "<b>%(x)s" not in page


@pytest.mark.usefixtures("town")
def test_a_row_with_a_persons_number_is_refused_in_any_column(send: Send) -> None:
    """Nobody knows of which country such a feed is, so that every column is looked through."""
    intake = send("uk-fhrs", [uk_row("4002", businessname="11010519491231002X")], stated="2015-03-16")
    assert (intake.issued, intake.quarantined) == (0, 1)


@pytest.mark.usefixtures("town")
def test_records_of_other_catalogues_name_subjects_by_it_too() -> None:
    """A scheme is the register's: who states a record under another catalogue can use it, and is told what is wrong."""
    from goodstanding.intake.submissions.formats import list_formats
    from goodstanding.intake.submissions.single_record import check_record

    enact_catalogue_at_once("us-nyc-food-grades")
    source = "us-nyc-dohmh"
    record_format = next(way for way in list_formats(source) if not way.declared)
    for text, is_good in (("town-licence:7997", True), ("town-licence:79971", False), ("town-license:7997", False)):
        checked = check_record(record_format, source, {"subject.identifiers": text}, TODAY)
        problems = [problem for problem in checked.problems if problem.column == "subject.identifiers"]
        assert (problems == []) is is_good


@pytest.mark.parametrize("kind", ["person", "authority"])
@pytest.mark.usefixtures("town")
def test_an_own_scheme_names_organisations_and_establishments_only(kind: str) -> None:
    """Where the kind of a subject is said, no other has such an identifier."""
    from goodstanding.register.rules.identifier_schemes import parse_identifier

    assert str(parse_identifier("town-licence:7997", "establishment")) == "town-licence:7997"
    assert str(parse_identifier("lei:213800KUD8LAJWSQ9D15", kind)) == "lei:213800KUD8LAJWSQ9D15"
    with pytest.raises(BadIdentifier) as refused:
        parse_identifier("town-licence:7997", kind)
    assert find_code(refused) == "scheme-of-other-kinds"


@pytest.mark.usefixtures("town")
def test_the_form_of_a_record_offers_the_schemes_of_the_register() -> None:
    """Those first by which the catalogue's own feeds name subjects."""
    from goodstanding.intake.mapping.canonical_form import list_identifier_schemes

    schemes = list_identifier_schemes(declare())
    assert schemes[0].title == "Licence of the town"
    assert {"lei", "town-licence"} <= {scheme.name for scheme in schemes}


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ("", "scheme-left-out"),
        (OWN.replace("[0-9]{4}", "[0-9]{4,5}"), "scheme-changed"),
        (OWN.replace("check: luhn", "kinds: [establishment]"), "scheme-changed"),
        (
            f"{OWN}  townlicence: {{title: A, basis: fhrs-brand-standard sec. 3, pattern: A, example: A}}\n",
            "scheme-spelt-alike",
        ),
    ],
)
@pytest.mark.usefixtures("town")
def test_a_scheme_that_was_declared_stays_as_it_was(own: str, code: str) -> None:
    """Its identifiers are on files, which nobody could open else; drafts are told so before they are published."""
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue
    from goodstanding.register.rules.enactment import publish_draft

    changed = declare(own, "uk-fhrs-row", version=4)
    with pytest.raises(CatalogueError) as refused:
        enact_catalogue(changed, ENACTED, NOW)
    assert find_code(refused) == code
    assert "catalogue.yaml, line " in (refused.value.where or "")
    with pytest.raises(CatalogueError):
        publish_draft(changed, "Ada", NOW)


@pytest.mark.usefixtures("town")
def test_a_newer_version_may_call_a_scheme_otherwise() -> None:
    """Title, example and check may be mended; the newest count."""
    from goodstanding.register.rules.identifier_schemes import list_schemes

    enact_catalogue_at_once(declare(OWN.replace("Licence of the town", "Town licence"), version=4))
    assert list_schemes()["town-licence"].title == "Town licence"


@pytest.mark.usefixtures("town")
def test_two_catalogues_declare_a_scheme_alike_or_not_at_all() -> None:
    """Beside the first, a second catalogue can use the same scheme, and nothing else by that name."""
    other = declare(OWN.replace("[0-9]{4}", "[0-9]{3,4}"), catalogue="other-town")
    with pytest.raises(CatalogueError) as refused:
        enact_catalogue_at_once(other)
    assert find_code(refused) == "scheme-changed"
    enact_catalogue_at_once(declare(catalogue="other-town"))


@pytest.mark.usefixtures("register_folder")
def test_a_number_that_several_share_is_noted_and_leads_to_no_file(
    send: Send, assert_register_holds: Callable[[], None]
) -> None:
    """Two establishments of one group stay two: what they share stands in the events, and is no identifier."""
    from goodstanding.ledger.models import Event
    from goodstanding.register.files.subjects import find_subject_id, get_subject
    from goodstanding.register.storage.event_kinds import EventKind

    shared = (
        "  group-number: {title: Number of the group, basis: fhrs-brand-standard sec. 3, pattern: 'G-[0-9]{3}',"
        " example: G-001, unique: false}\n"
    )
    enact_catalogue_at_once(declare(OWN + shared, beside="    - {scheme: group-number, value: lad13cd}\n"))
    send("uk-fhrs", [uk_row("7997", lad13cd="G-001"), uk_row("7989", lad13cd="G-001"), uk_row("7971", lad13cd="")])
    subjects = [get_subject(find_subject_id(f"town-licence:{number}")) for number in ("7997", "7989")]
    assert [subject.identifiers for subject in subjects] == [("town-licence:7997",), ("town-licence:7989",)]
    bodies = [json.loads(event.body)["subject"] for event in Event.objects.filter(kind=EventKind.RECORD_ISSUED)]
    assert [body["shared"] for body in bodies] == [["group-number:G-001"], ["group-number:G-001"], []]
    with pytest.raises(BadIdentifier) as refused:
        find_subject_id("group-number:G-001")
    assert find_code(refused) == "scheme-shared"
    assert_register_holds()


@pytest.mark.usefixtures("register_folder")
def test_a_scheme_of_persons_is_no_law() -> None:
    """Neither as a draft nor at enactment: the charter refuses it."""
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue
    from goodstanding.register.rules.enactment import publish_draft

    wrong = declare(PERSONS)
    for attempt in (lambda: publish_draft(wrong, "Ada", NOW), lambda: enact_catalogue(wrong, ENACTED, NOW)):
        with pytest.raises(CharterBreached, match="numbers of natural persons"):
            attempt()


@pytest.mark.usefixtures("register_folder")
def test_a_catalogue_of_today_with_an_unknown_scheme_is_read_but_no_new_one(send: Send) -> None:
    """A register that has one goes on; the next version is refused."""
    from goodstanding import charter
    from goodstanding.ledger import store as ledger
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import list_enacted
    from goodstanding.register.storage.event_kinds import EventKind
    from goodstanding.register.storage.lifecycle import load_signer

    old = declare("", "nobodys")
    content = {
        "name": old.name, "version": old.version, "digest": old.digest, "day": ENACTED.isoformat(), "files": old.files,
        "charter": charter.VERSION,
    }  # fmt: skip
    ledger.append([ledger.EventDraft(EventKind.CATALOGUE_ENACTED, content)], NOW, load_signer())
    catch_up()
    assert list(list_enacted()) == [old.name]
    assert send("uk-fhrs", [uk_row("7997")]).issued == 1
    with pytest.raises(GoodstandingError) as refused:
        enact_catalogue_at_once(declare("", "nobodys", version=4))
    assert find_code(refused) == "scheme-undeclared"
