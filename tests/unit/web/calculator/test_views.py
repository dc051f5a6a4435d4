"""The calculator: what follows from entered facts, what it refuses, and that it keeps nothing."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.profiles import share_of_examples
from tests.site_register import LABORATORY
from tests.unit.web.markup import Markup

from goodstanding.catalogue import load_library
from goodstanding.catalogue.loader import locate_library_folder

NAMES = sorted(path.parent.name for path in locate_library_folder().glob("*/catalogue.yaml"))
UK, MX = "/catalogues/uk-food-hygiene/calculator", "/catalogues/mx-tax-69b/calculator"
EXAMPLES = 6  # of each catalogue; all of them run elsewhere
VISIT = {
    "record": "inspection",
    "occurred": "2014-03-01",
    "fields": {"status": "rated", "hygiene": 10, "structural": 5, "confidence": 5},
}
SEVERE = settings(
    max_examples=share_of_examples(40),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def ask_calculator(client: Any, body: Any, address: str = UK) -> Any:
    """The answer to facts sent as JSON."""
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(f"{address}.json", data=text, content_type="application/json")


def facts(**changed: Any) -> dict[str, Any]:
    """One visit and a day, some parts of it changed."""
    return {"at": "2014-05-01", "records": [{**deepcopy(VISIT), **changed}]}


def fields(**changed: Any) -> dict[str, Any]:
    """The same with some fields of the visit changed."""
    return facts(fields={**VISIT["fields"], **changed})


def form(**changed: str) -> dict[str, str]:
    """The same as a form sends it."""
    fields = {
        "at": "2014-05-01",
        "records.0.record": "inspection",
        "records.0.occurred": "2014-03-01",
        "do": "work",
        **{f"records.0.fields.{name}": str(value) for name, value in VISIT["fields"].items()},
    }
    return fields | {name.replace("__", "."): value for name, value in changed.items()}


def test_a_grade_stands_beside_its_reason_and_its_end(anybody: Any) -> None:
    """The grade, the sentence, the rule, its basis, the record it rests on, and when it lapses."""
    result = ask_calculator(anybody, facts()).json()["result"]
    [grade] = result["grades"]
    assert (grade["value"], grade["score"], grade["because"]) == ("4", 20, [1])
    days = (grade["valid_from"], grade["last_day"], grade["valid_to"])
    assert days == ("2014-03-01", "2019-02-28", "2019-03-01")
    assert [span["last_day"] for span in result["timeline"]] == ["2019-02-28"]
    assert grade["rule"].startswith("The total of the three scores")
    assert "Brand Standard" in grade["reason"]["citation"]
    assert [moment["holds"] for moment in result["timeline"]] == ["now"]


def test_page_and_twin_work_out_the_same(anybody: Any) -> None:
    """What is typed into the form gives what the same facts give as JSON."""
    page = anybody.post(UK, form())
    assert page.status_code == 200
    assert "The score is 20" in page.text
    assert 'value="2014-03-01"' in page.text
    assert ask_calculator(anybody, fields(hygiene="10")).json()["result"]["grades"][0]["value"] == "4"


@pytest.mark.parametrize("name", NAMES)
def test_every_worked_example_comes_out_as_it_is_written(anybody: Any, name: str) -> None:
    """An example chosen in the calculator gives, on its day, what it expects, and says why."""
    catalogue = load_library()[name]
    for number, worked in enumerate(catalogue.examples[:EXAMPLES], 1):
        page = anybody.get(f"/catalogues/{name}/calculator.json?example={number}").json()
        assert not page["problems"], (number, page["problems"])
        result = page["result"]
        moment = next(then for then in worked["then"] if str(then["at"]) == result["at"])
        values = {effect["measure"]: effect["value"] for effect in _list_effects(result)}
        assert all(effect["sentences"] and effect["title"] and effect["because"] for effect in _list_effects(result))
        for measure, value in moment["effects"].items():
            if not isinstance(value, dict):
                assert values.get(measure) == (None if value is None else str(value)), (number, measure)


def _list_effects(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [effect for part in ("grades", "listings", "measures", "cases") for effect in result[part]]


def test_a_field_that_is_missing_is_named(anybody: Any) -> None:
    """What cannot be decided says which field it is missing, and gives no grade."""
    visit_fields = {name: value for name, value in VISIT["fields"].items() if name != "confidence"}
    result = ask_calculator(anybody, facts(fields=visit_fields)).json()["result"]
    assert result["grades"][0]["value"] is None
    [sentence] = result["undecided"]
    assert "Confidence in management" in sentence


def test_a_decision_that_nothing_shows_to_be_public_lists_nobody_and_says_why(anybody: Any) -> None:
    """The missing day of publication is named."""
    record = {"record": "proceeding", "occurred": "2018-07-16",
              "fields": {"presumed_on": "2018-07-16", "final_on": "2018-09-28"}}  # fmt: skip
    result = ask_calculator(anybody, {"at": "2019-01-01", "records": [record]}, MX).json()["result"]
    assert result["listings"] == []
    assert "Final decision published" in " ".join(result["undecided"])


def test_a_listing_and_its_measure_show_with_their_end(anybody: Any) -> None:
    """A published final decision by a named human lists; the timeline says until when, and what was before."""
    published = {"presumed_on": "2018-07-16", "final_on": "2018-09-28", "final_published_on": "2018-10-23"}
    published["decided_by"] = "R. Ejemplo"
    record = {"record": "proceeding", "occurred": "2018-07-16", "fields": published}
    result = ask_calculator(anybody, {"at": "2019-01-01", "records": [record]}, MX).json()["result"]
    assert [listing["valid_to"] for listing in result["listings"]] == ["2023-10-23"]
    assert [measure["kind"] for measure in result["measures"]] == ["restriction"]
    assert sorted(result["measures"][0]["audience"]) == ["invoice-holder", "tax-authority"]
    assert {moment["holds"] for moment in result["timeline"]} == {"before", "now"}


def test_nothing_on_a_day_is_neither_good_nor_bad(anybody: Any) -> None:
    """Before the first record nothing follows."""
    assert "Nothing follows on this day" in anybody.post(UK, form(at="2010-01-01")).text


def test_one_more_record_is_added_and_nothing_typed_is_lost(anybody: Any) -> None:
    """The form comes back with everything in it, one empty record more, and no complaint about that one."""
    page = anybody.post(UK, form(do="add", add="inspection", records__0__fields__hygiene="rubbish"))
    assert page.status_code == 200
    assert "Record 2" in page.text
    assert 'name="records.1.occurred"' in page.text
    answer = anybody.post(UK, form(do="add", add="nonsense"))
    assert answer.status_code == 400


def test_a_record_can_be_left_out(anybody: Any) -> None:
    """It stays in the form and counts for nothing."""
    second = {"records.1.record": "inspection", "records.1.occurred": "2014-04-01", "records.1.fields.status": "exempt"}
    assert "Exempt from the scheme" in anybody.post(UK, form() | second).text
    page = anybody.post(UK, form() | second | {"records.1.out": "1"}).text
    assert "The score is 20" in page
    assert "checked" in page
    assert anybody.post(UK, form(records__0__out="1")).status_code == 400


def test_nothing_is_kept(anybody: Any) -> None:
    """No row is written, no cache may keep an answer, and the page says so."""
    from django.db import connections

    answers = [anybody.get(UK), anybody.post(UK, form()), anybody.get(f"{UK}.json"), ask_calculator(anybody, facts()),
               anybody.post(UK, form(at="x")), ask_calculator(anybody, "{"), ask_calculator(anybody,
               facts(occurred=1))]  # fmt: skip
    assert all(answer.headers["Cache-Control"] == "private, no-store" for answer in answers)
    assert "Nothing you enter is stored" in answers[0].text
    written: list[str] = []
    with (
        connections["default"].execute_wrapper(_note_statements(written)),
        connections["projection"].execute_wrapper(_note_statements(written)),
    ):
        anybody.post(UK, form())
        ask_calculator(anybody, facts())
    assert not [statement for statement in written if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA"))]


def _note_statements(written: list[str]) -> Any:
    def note(execute: Any, sql: str, *args: Any) -> Any:
        written.append(sql)
        return execute(sql, *args)

    return note


def test_the_form_is_refused_without_its_token(register: Any) -> None:
    """A form of another site is not worked out; a program sends JSON, which no form can."""
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    assert strict.post(UK, form()).status_code == 403
    assert ask_calculator(strict, facts()).status_code == 200
    assert strict.post(f"{UK}.json", form()).status_code == 400
    token = strict.get(UK).cookies["csrftoken"].value
    assert strict.post(UK, form(csrfmiddlewaretoken=token)).status_code == 200


REFUSED = {
    "at": {"at": "2014-02-30", "records": [VISIT]},
    "records": {"at": "2014-05-01", "records": [VISIT] * 25},
    "zz": {"at": "2014-05-01", "records": [VISIT], "zz": 1},
    "records.0": {"at": "2014-05-01", "records": [5]},
    "records.0.record": facts(record="belief"),
    "records.0.occurred": facts(occurred="9999-12-31"),
    "records.0.secret": facts(secret=1),
    "records.0.published": facts(published="9"),
    "records.0.about": facts(about="nobody"),
    "records.0.reference": facts(reference="\x00"),
    "records.0.fields": facts(fields=[]),
    "records.0.fields.status": fields(status="\u0007"),
    "records.0.fields.hygiene": fields(hygiene=10**40),
    "records.0.fields.structural": fields(structural=7),
    "records.0.fields.confidence": fields(confidence=True),
    "records.0.fields.friends": fields(friends=3),
}


@pytest.mark.parametrize("where", REFUSED)
def test_what_cannot_be_meant_is_refused_at_its_field(anybody: Any, where: str) -> None:
    """The message names the field and says what would be right or wrong."""
    answer = ask_calculator(anybody, REFUSED[where])
    assert answer.status_code == 400
    problem = answer.json()
    assert where in [problem["where"], *(other["where"] for other in problem["others"])]
    assert problem["message"]


@pytest.mark.parametrize(
    "body",
    ["", "null", "[]", "7", "{", "[" * 60_000, '{"a":' * 9_000, b"\xff", '{"at": NaN, "records": []}', '{"records": 1}',
     '{"at":"2014-05-01","records":[{"\\ud800":1}]}', '{"at":"2014-05-01","records":[' + "9" * 5_000 + "]}"],
)  # fmt: skip
def test_what_is_no_object_of_facts_is_refused(anybody: Any, body: Any) -> None:
    """Broken, deep and odd JSON is answered in the one shape of errors."""
    answer = ask_calculator(anybody, body)
    assert answer.status_code == 400
    assert answer.json()["message"]


def test_ten_thousand_records_are_too_many(anybody: Any) -> None:
    """As JSON and as a form: refused for their length, before anything is worked out."""
    assert ask_calculator(anybody, {"at": "2014-05-01", "records": [VISIT] * 10_000}).status_code == 413
    many = {f"records.{number}.record": "inspection" for number in range(10_000)}
    answer = anybody.post(UK, many)
    assert answer.status_code == 413
    assert "too long" in answer.text
    assert anybody.post(UK, form() | {"records.0.fields.status": "x" * 100_000}).status_code == 413


def test_figures_beyond_counting_are_refused_and_not_broken(anybody: Any) -> None:
    """The greatest numbers that a field can hold never make a fault, in any catalogue."""
    from goodstanding.catalogue.field_values import GREATEST_INTEGER
    from goodstanding.web.calculator.entered_facts import build_example_facts

    for name, catalogue in load_library().items():
        for example_ in catalogue.examples[:2]:
            raw = build_example_facts(catalogue, catalogue.examples.index(example_))
            for record in raw["records"]:
                for key, rule in catalogue.records[record["record"]].fields.items():
                    if rule.type == "integer" and not rule.one_of:
                        record["fields"][key] = GREATEST_INTEGER if rule.at_most is None else rule.at_most
            assert ask_calculator(anybody, raw, f"/catalogues/{name}/calculator").status_code in (200, 400)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(("record", "occurred", "fields", "about", "reference", "published", "out", "status", "at"))


@pytest.mark.parametrize("address", [UK, MX, f"/catalogues/{LABORATORY}/calculator"])
def test_any_json_is_answered(anybody: Any, address: str) -> None:
    """Whatever stands where: an outcome, or a refusal in the one shape; never a fault of the program."""

    @SEVERE
    @given(at=st.dates().map(str) | JSON, records=st.lists(st.dictionaries(KEYS | st.text(max_size=8), JSON)) | JSON)
    @example(at="2014-05-01", records=[{"record": "proceeding", "occurred": "1900-01-01", "fields": {}}] * 3)
    def ask(at: Any, records: Any) -> None:
        answer = ask_calculator(anybody, json.dumps({"at": at, "records": records}), address)
        assert answer.status_code in (200, 400)
        assert answer.headers["Content-Type"] == "application/json"

    ask()


def test_any_value_in_any_field_is_answered(anybody: Any) -> None:
    """Values of every type in declared fields, and any days, of a catalogue with cases, terms and persons."""
    catalogue = load_library()[LABORATORY]
    values = st.one_of(JSON, st.dates().map(str), st.sampled_from(["yes", "no", "person", "open", "performed"]))

    @SEVERE
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        records = []
        for _number in range(data.draw(st.integers(1, 3))):
            name = data.draw(st.sampled_from(sorted(catalogue.records)))
            names = st.sampled_from(sorted(catalogue.records[name].fields))
            drawn_fields = data.draw(st.dictionaries(names, values, max_size=6))
            records.append(
                {"record": name, "occurred": data.draw(st.dates().map(str)), "fields": drawn_fields, "about": "1"}
            )
        answer = ask_calculator(
            anybody, {"at": "2018-01-01", "records": records}, f"/catalogues/{LABORATORY}/calculator"
        )
        assert answer.status_code in (200, 400)

    ask()


@pytest.mark.parametrize("address", [UK, f"/catalogues/{LABORATORY}/calculator"])
def test_any_form_is_answered(anybody: Any, address: str) -> None:
    """Any name and any value of a form: a page with what was wrong, by the field."""
    ours = ("at", "do", "add", "records.0.record", "records.0.occurred", "records.7.fields.hygiene", "records.9999.out")
    names = st.sampled_from((*ours, "records.0.fields.status")) | st.text(max_size=30)

    @SEVERE
    @given(st.dictionaries(names, st.text(max_size=220) | st.sampled_from(["inspection", "2014-03-01", "work", "add"])))
    @example({"records.0.record": "inspection", "records.0.fields.hygiene": "٣", "at": "２０１４-05-01"})
    def ask(sent: dict[str, str]) -> None:
        answer = anybody.post(address, sent)
        assert answer.status_code in (200, 400)
        assert answer.headers["Content-Type"].startswith("text/html")

    ask()


def test_an_error_stands_at_its_field_and_on_top(anybody: Any) -> None:
    """The summary links to the field; the field is marked wrong, says why, and keeps what was typed."""
    answer = anybody.post(UK, form(records__0__fields__hygiene="9999", at="yesterday"))
    assert answer.status_code == 400
    page = Markup(answer.text)
    assert {"#records-0-fields-hygiene", "#at"} <= set(page.addresses)
    assert 'value="yesterday"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 2
    assert page.fields <= page.labelled


@pytest.mark.parametrize("asked_for", ["0", "999", "x", "-1", "²", "1e3", "\u0661"])
def test_an_example_that_is_not_there_is_not_found(anybody: Any, asked_for: str) -> None:
    """Only the numbers of examples lead somewhere."""
    assert anybody.get(UK, {"example": asked_for}).status_code in (400, 404)


def test_only_what_decides_is_asked_first(register: Any) -> None:
    """Fields that no rule reads are folded away, and free text that no rule reads is not asked for."""
    from goodstanding.web.calculator.entered_facts import build_blank_record
    from goodstanding.web.calculator.inputs import build_record_inputs

    catalogue = load_library()["mx-tax-69b"]
    [entered] = build_record_inputs(catalogue, {"records": [build_blank_record("proceeding")]}, [])
    asked_first = {field.field for field in entered.decides}
    assert {"presumed_on", "final_on", "final_published_on"} <= asked_first
    shown = asked_first | {field.field for field in entered.besides}
    assert not {"final_notice", "court_remark"} & shown
    assert [choice.value for choice in entered.besides[-1].choices] == list(catalogue.cases["proceeding"].steps)


def test_a_laboratory_calculator_says_so(anybody: Any) -> None:
    """In the laboratory's look and words, without and with an outcome."""
    for address in (f"/catalogues/{LABORATORY}/calculator", f"/catalogues/{LABORATORY}/calculator?example=1"):
        page = anybody.get(address).text
        assert "These rules never run on real subjects" in page
        assert 'class="lab"' in page
    assert "under laboratory rules, about nobody" in page
