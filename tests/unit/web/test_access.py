"""Charter articles 19 to 21 over every outlet: what the public must not see, and who sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.site_register import DRAGON, ENDED, LIST, LISTED, NUMBERS, PRESUMED, REBUTTED

PARTIES = (("subject", PRESUMED), ("source", "mx-sat"), ("decider", ""), ("appeal", "mx-sat"), ("overseer", ""))
STRANGERS = (("subject", LISTED), ("source", "uk-fhrs-la:102"), ("decider", "uk-fhrs-la:102"), ("recipient", ""))
UNKNOWN = "mx-rfc:XYZ180101999"
TELLING = ("presum", "2018-06-01", "2018-06-25", f"500-{NUMBERS['presumed']}")


def list_outlets(identifier: str, position: int) -> tuple[str, ...]:
    """Every address at which something about a subject and its record could be told."""
    number = identifier.split(":")[1]
    return (
        f"/subjects/{identifier}", f"/subjects/{identifier}.json", f"/v1/subjects/{identifier}", f"/search?q={number}",
        f"/search.json?q={number}", f"/v1/search?q={number}", f"/v1/search?q=EJEMPLO+{number}&list={LIST}",
        f"/ledger/{position}", f"/ledger/{position}.json", f"/v1/ledger/events/{position}", f"/lists/{LIST}",
        f"/lists/{LIST}.json", f"/v1/lists/{LIST}", "/v1/agreement/mx-tax-69b", "/catalogues/mx-tax-69b.json",
        "/index.json",
    )  # fmt: skip


def list_telling_words(text: str, about: tuple[str, ...] = TELLING) -> list[str]:
    """Which of the words that tell of a presumption stand in a text about the presumed company."""
    return [word for word in about if word in text.lower() or word in text]


@pytest.mark.each_database
def test_the_public_sees_no_presumption_anywhere(anybody: Any, position_of: Callable[[str], int]) -> None:
    """No outlet shows anybody that a company is presumed, nor names the catalogue, the case or its days."""
    for address in list_outlets(PRESUMED, position_of(PRESUMED))[:10]:
        text = anybody.get(address).text
        assert not list_telling_words(text), (address, list_telling_words(text))
        assert "69-B" not in text or address.startswith(("/search", "/v1/search")), address
    for address in list_outlets(PRESUMED, 5)[10:13]:
        assert PRESUMED not in anybody.get(address).text


@pytest.mark.each_database
@pytest.mark.parametrize("identifier", [PRESUMED, ENDED, REBUTTED])
@pytest.mark.parametrize(
    "address",
    [
        "/subjects/{}", "/subjects/{}.json", "/v1/subjects/{}", "/subjects/{}.json?at=2019-01-01", "/search?q={}",
        "/search.json?q={}",
    ],
)  # fmt: skip
def test_what_has_nothing_public_in_force_is_answered_like_what_never_was(
    anybody: Any, list_statements: Callable[[str], list[str]], identifier: str, address: str
) -> None:
    """Proposed, ended or rebutted: the same status, words and form, by the same statements to the database."""
    hidden, unknown = address.format(identifier), address.format(UNKNOWN)
    answers = [anybody.get(asked_address) for asked_address in (hidden, unknown)]
    assert [answer.status_code for answer in answers] == [200 if "search" in address else 404] * 2
    texts = [
        answer.text.replace(name, "").replace(name.replace(":", "%3A"), "")
        for answer, name in zip(answers, (identifier, UNKNOWN), strict=True)
    ]
    assert texts[0] == texts[1]
    assert list_statements(hidden) == list_statements(unknown) != []


@pytest.fixture
def list_statements(anybody: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """The statements by which the tables are read to answer an address, none of them answered from memory."""
    from goodstanding.register.storage import queries

    statements: list[str] = []

    def run_noted(statement: str, parameters: Any) -> Any:
        statements.append(statement)
        return run_query(statement, parameters)

    def list_them(address: str) -> list[str]:
        statements.clear()
        anybody.get(address)
        return list(statements)

    run_query = queries._run_query
    monkeypatch.setattr(queries, "_run_query", run_noted)
    monkeypatch.setattr(queries, "read_cached", lambda _question, read: read())
    return list_them


def test_what_ended_is_told_by_its_record_to_nobody_either(anybody: Any, position_of: Callable[[str], int]) -> None:
    """A listing that ran out, or a presumption that was rebutted, leaves neither an event's content nor an entry."""
    for identifier in (ENDED, REBUTTED):
        assert anybody.get(f"/ledger/{position_of(identifier)}.json").json()["content"] == {}
        assert identifier not in anybody.get(f"/lists/{LIST}.json").text


def test_nobody_on_a_list_is_found_by_a_name(anybody: Any) -> None:
    """Charter article 21: a list narrows an identifier, or is read whole; a name and a list give nothing."""
    name, number = f"EJEMPLO+{NUMBERS['listed']}", NUMBERS["listed"]
    assert anybody.get(f"/search.json?q={name}&list={LIST}").json()["hits"] == []
    assert len(anybody.get(f"/search.json?q={number}&list={LIST}").json()["hits"]) == 1
    assert "cannot find out by name" in anybody.get(f"/search?q={name}&list={LIST}").text


def test_an_older_finding_is_not_shown(anybody: Any) -> None:
    """Of an establishment that was visited twice the public sees the newest visit only."""
    page = anybody.get("/subjects/us-nyc-camis:30000001.json").json()
    assert [grade["value"] for grade in page["grades"]] == ["A"]
    assert [record["occurred"] for record in page["records"]] == ["2014-05-02"]


@pytest.mark.parametrize(("role", "scope"), PARTIES)
def test_the_parties_see_their_case(
    signed_in: Callable[..., Any], position_of: Callable[[str], int], role: str, scope: str
) -> None:
    """The subject, its source, the deciding and appeal bodies and the overseer see case, records and history."""
    client = signed_in(role, scope)
    page = client.get(f"/subjects/{PRESUMED}.json").json()
    assert [case["value"] for case in page["cases"]] == ["presumed"]
    assert page["records"][0]["withheld"] == 0
    assert page["history"]
    assert "Presumed" in client.get(f"/subjects/{PRESUMED}").text
    event = client.get(f"/v1/ledger/events/{position_of(PRESUMED)}").json()
    assert event["body"]
    assert event["salt"]


@pytest.mark.parametrize(("role", "scope"), STRANGERS)
def test_other_accounts_see_what_anybody_sees(
    signed_in: Callable[..., Any], anybody: Any, position_of: Callable[[str], int], role: str, scope: str
) -> None:
    """An account in another scope, or a recipient's, opens no more of a file than nobody's."""
    client = signed_in(role, scope)
    for address in list_outlets(PRESUMED, position_of(PRESUMED))[:10]:
        if not address.startswith("/v1") and ".json" not in address:
            assert not list_telling_words(client.get(address).text)
        else:
            assert client.get(address).json() == anybody.get(address).json()


@pytest.mark.parametrize("query", ["at=2014-01-01", "known=3", "known=2026-11-22", "at=2030-01-01&known=1"])
@pytest.mark.parametrize(
    "path", [f"/subjects/{DRAGON}", f"/v1/subjects/{DRAGON}", f"/lists/{LIST}", "/search", "/v1/agreement/mx-tax-69b"]
)
def test_other_moments_are_refused_to_the_public_with_the_reason(anybody: Any, path: str, query: str) -> None:
    """A day or a ledger size that is asked about gives 403 and names the article, on page and twin alike."""
    for address in {f"{path}?{query}", f"{path}{'' if '/v1' in path else '.json'}?{query}"}:
        answer = anybody.get(address)
        assert answer.status_code == 403, address
        assert "article 19" in answer.text
    if "/v1" not in path:
        assert anybody.get(f"{path}.json?{query}").json()["code"] == "not-allowed"


def test_a_party_sees_another_moment_and_is_told_so(signed_in: Callable[..., Any]) -> None:
    """The subject may ask about a day on which its listing had ended, and about one when nothing was known."""
    client = signed_in("subject", LISTED)
    then = client.get(f"/subjects/{LISTED}.json?at=2018-10-22").json()
    assert (then["listings"], [case["value"] for case in then["cases"]]) == ([], ["final"])
    assert client.get(f"/subjects/{LISTED}.json?known=5").status_code == 404
    assert "This is not today" in client.get(f"/subjects/{LISTED}?at=2018-10-22").text


def test_a_party_sees_first_that_its_time_to_answer_runs(signed_in: Callable[..., Any]) -> None:
    """While the days after a stated notice run: on the subject's page and its own file; after them the file says so."""
    client = signed_in("subject", PRESUMED)
    [presumption] = client.get(f"/subjects/{PRESUMED}.json").json()["cases"]
    served = presumption["valid_from"]
    for path in (f"/subjects/{PRESUMED}", "/file"):
        then = client.get(f"{path}.json?at={served}").json()
        [deadline] = then["hearings"][0]["clocks"]
        assert (deadline["title"], deadline["day"], deadline["since"]) == ("Time to answer", 1, served)
        page = client.get(f"{path}?at={served}").text
        assert page.index("The subject can answer until") < page.index("At a glance")
    now = client.get("/file.json").json()
    assert (now["hearings"], "Presumed" in now["headline"]) == ([], True)


def test_a_party_may_not_see_another_file(signed_in: Callable[..., Any]) -> None:
    """Somebody else's file about which nothing public is in force is not there for a subject, at any moment."""
    assert signed_in("subject", LISTED).get(f"/subjects/{PRESUMED}.json?at=2019-01-01").status_code == 404


RECORDED = ("2018-07-16", "2018-09-28", "R. Ejemplo", f"501-{NUMBERS['listed']}", "16 July 2018", "16 Jul 2018")


def test_a_public_listing_does_not_show_the_record_of_the_parties_behind_it(
    anybody: Any, signed_in: Callable[..., Any], position_of: Callable[[str], int]
) -> None:
    """Charter article 19, at every outlet: neither its days nor its notices nor who decided; its parties see all."""
    for address in list_outlets(LISTED, position_of(LISTED))[:14]:  # a catalogue's own page has days of its examples
        assert not list_telling_words(anybody.get(address).text, RECORDED), address
    event = anybody.get(f"/ledger/{position_of(LISTED)}.json").json()
    assert (event["allowed"], event["subject"], event["content"]) == (False, None, {})
    assert event["body"] is event["salt"] is None
    assert anybody.get(f"/subjects/{LISTED}.json").json()["listings"][0]["valid_from"] == "2018-10-23"
    for role, scope in (("subject", LISTED), *PARTIES[1:]):
        client = signed_in(role, scope)
        assert f"501-{NUMBERS['listed']}" in client.get(f"/subjects/{LISTED}.json").text
        assert "2018-09-28" in client.get(f"/ledger/{position_of(LISTED)}.json").text


def test_the_figures_of_a_public_record_are_for_anybody(anybody: Any, position_of: Callable[[str], int]) -> None:
    """Charter article 2: its coded fields, on the file and in the event; and no body whose text nobody released."""
    event = anybody.get(f"/ledger/{position_of(DRAGON)}.json").json()
    assert event["content"]["fields.structural"] == "10"
    assert anybody.get(f"/subjects/{DRAGON}.json").json()["records"][0]["fields"]


def test_a_name_alone_shows_no_listing(anybody: Any) -> None:
    """Charter article 21: a hit found by name shows neither listing nor measure."""
    search_page = anybody.get(f"/search.json?q=EJEMPLO+{NUMBERS['listed']}").json()
    assert LISTED in {hit["subject"]["identifier"] for hit in search_page["hits"]}
    assert all(hit["grades"] == [] for hit in search_page["hits"])
    page = anybody.get(f"/search?q=EJEMPLO+{NUMBERS['listed']}").text
    assert "In force" not in page
    assert "Open the file to see what is in force" in page


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl", "ftm"])
def test_whole_lists_go_to_registered_recipients(anybody: Any, signed_in: Callable[..., Any], form: str) -> None:
    """Charter article 21: recipients and the overseer fetch a list in every form; all others are told why not."""
    address = f"/lists/{LIST}.{form}"
    assert anybody.get(address).status_code == signed_in("subject", LISTED).get(address).status_code == 403
    assert "article 21" in anybody.get(address).text
    for role in ("recipient", "overseer"):
        answer = signed_in(role).get(address)
        assert answer.status_code == 200
        assert answer.content
        assert "attachment" in answer.headers["Content-Disposition"]
    assert signed_in("recipient").get(f"/lists/{LIST}.xls").status_code == 404


def test_a_copy_says_until_when_it_may_be_used(signed_in: Callable[..., Any]) -> None:
    """Each row of a copy has a last day of use, and the last day of the entry before the first day after it."""
    [header, *rows] = signed_in("recipient").get(f"/lists/{LIST}.csv").text.splitlines()
    assert header.startswith("\ufeff")
    assert "valid_from,valid_to,last_day" in header
    assert all("2023-10-23,2023-10-22" in row for row in rows if "2023-10-23" in row)
    assert header.endswith("copy_valid_until")
    assert all(row.rsplit(",", 1)[1].count("-") == 2 for row in rows)


@pytest.mark.each_database
def test_who_looked_is_noted_and_shown_to_the_subject(signed_in: Callable[..., Any], anybody: Any) -> None:
    """Charter article 20: an identified look at what is not public is logged; the public is never identified."""
    signed_in("overseer").get(f"/subjects/{PRESUMED}")
    anybody.get(f"/subjects/{PRESUMED}")
    seen = signed_in("subject", PRESUMED).get(f"/subjects/{PRESUMED}.json").json()["look_ups"]
    assert "overseer" in {look["role"] for look in seen}
    assert "anybody" not in {look["role"] for look in seen}


@pytest.mark.each_database
def test_exceptions_of_the_agreement_are_counted_not_named(anybody: Any, signed_in: Callable[..., Any]) -> None:
    """The public learns how many outcomes agree; by name it learns only of records that are in force now."""
    public = anybody.get("/v1/agreement/mx-tax-69b").json()["agreement"]
    whole = signed_in("overseer").get("/v1/agreement/mx-tax-69b").json()["agreement"]
    assert (public["published"], public["differ"]) == (whole["published"], whole["differ"])
    assert len(public["differences"]) + public["withheld"] == public["differ"]
