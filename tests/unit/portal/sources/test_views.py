"""The pages on which sources are admitted: proposed, read whole, signed by somebody else; and who sees them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.clerk import uk_row
from tests.forms import post_at_once
from tests.unit.register.rules.test_source_changes import (
    HYGIENE,
    LINE,
    NEW,
    list_source_ids,
    make_closed_catalogue,
    make_open_catalogue,
)
from tests.unit.web.played import read_hidden_fields

from goodstanding.catalogue import Catalogue
from goodstanding.ledger import store as ledger

Send = Callable[..., Any]
HOME, ADMIT = "/source-changes", "/source-changes/new/admit"
TABLE = f"id,name,kind,first_day,basis\n{NEW},Newtown,food-authority,2015-01-01,Order 1\n"
SCRIPT = '<script>alert("1")</script>'


@pytest.fixture
def admitting(enact: Callable[[Catalogue], int]) -> None:
    """The register of the test has rules under which councils are admitted by events."""
    enact(make_open_catalogue())


def sign_in(name: str, role: str = "overseer", scope: str = "") -> Any:
    """A client of somebody with an account and a second step."""
    from allauth.mfa.models import Authenticator
    from django.contrib.auth import get_user_model
    from django.test import Client

    from goodstanding.web.models import Account

    user, _new = get_user_model().objects.get_or_create(username=name)
    Account.objects.get_or_create(user=user, role=role, scope=scope)
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def send_form(client: Any, address: str, **typed: Any) -> Any:
    """The answer to a form that is filled in, looked at once more, and sent."""
    looked = client.post(address, typed | {"step": "review"})
    if looked.status_code != 200:
        return looked
    return client.post(address, read_hidden_fields(looked.text, address) | {"step": "send"})


def propose(client: Any, table: str = TABLE) -> int:
    """The position of a proposal to admit sources."""
    answer = send_form(client, ADMIT, catalogue=HYGIENE, sources=table)
    assert (answer.status_code, answer.headers.get("Location")) == (303, f"{HOME}?done=proposed"), answer.text
    return int(client.get(f"{HOME}.json").json()["open"][-1]["position"])


@pytest.mark.each_database
@pytest.mark.usefixtures("admitting")
def test_one_proposes_and_another_signs(send: Send) -> None:
    """From rows that wait to a source that everybody sees; the form is filled with the sources that rows wait for."""
    send("uk-fhrs", [uk_row(1, local_authority_code="999")])
    olga, otto = sign_in("olga"), sign_in("otto")
    [backlog] = olga.get(f"{HOME}.json").json()["backlogs"]
    assert (backlog["sources"], backlog["rows"]) == (1, 1)
    assert f"{NEW},,food-authority,,,2015-02-16,,1" in olga.get(backlog["admit"]).text
    assert f"{NEW},,food-authority" in olga.get(backlog["table"]).text
    position = propose(olga)
    assert NEW not in list_source_ids()
    assert "Order 1" in otto.get(HOME).text
    assert send_form(olga, f"{HOME}/{position}/sign").status_code == 409
    assert send_form(otto, f"{HOME}/{position}/sign").headers["Location"] == f"{HOME}?done=sign"
    assert NEW in list_source_ids()
    [catalogue] = [line for line in otto.get("/admitted-sources.json").json()["admitted"] if line["name"] == HYGIENE]
    assert [(source["id"], source["first_day"], source["basis"]) for source in catalogue["sources"]] == [
        (NEW, "2015-01-01", "Order 1")
    ]
    assert "Newtown" in otto.get("/admitted-sources").text
    assert send_form(otto, f"{HOME}/{position}/sign").status_code == 409


@pytest.mark.usefixtures("admitting")
def test_nothing_is_done_without_a_step_or_by_a_stale_form() -> None:
    """A form without a button is shown once more; one that was made before another act is told what happened."""
    olga, otto = sign_in("olga"), sign_in("otto")
    size = ledger.get_ledger_size()
    assert olga.post(ADMIT, {"catalogue": HYGIENE, "sources": TABLE}).status_code == 200
    assert olga.post(ADMIT, {"catalogue": HYGIENE, "sources": TABLE, "step": "send"}).status_code == 400
    assert ledger.get_ledger_size() == size
    position = propose(olga)
    stale = otto.post(f"{HOME}/{position}/sign", {"version": "0", "step": "send"})
    assert (stale.status_code, "since you opened the form" in stale.text) == (409, True)
    assert NEW not in list_source_ids()


@pytest.mark.usefixtures("admitting")
def test_two_who_sign_at_once_sign_once() -> None:
    """The other one is told; the source is there once."""
    position = propose(sign_in("olga"))
    address, typed = f"{HOME}/{position}/sign", {"version": str(position), "step": "send"}
    clients = {name: sign_in(name) for name in ("otto", "omar", "oda")}
    answers = post_at_once({name: (client, address, typed) for name, client in clients.items()})
    assert sorted(answer.status_code for answer in answers.values()) == [303, 409, 409]
    kinds = [entry.kind for entry in ledger.read_entries()]
    assert kinds.count("SourcesAdmitted") == 1


@pytest.mark.usefixtures("admitting")
def test_what_is_wrong_is_said_at_its_line_and_no_word_is_lost() -> None:
    """Text that would be markup is text."""
    olga = sign_in("olga")
    wrong = TABLE + f"uk-fhrs-la:102,{SCRIPT},food-authority,2015-01-01,Order 2\n"
    answer = olga.post(ADMIT, {"catalogue": HYGIENE, "sources": wrong, "step": "review"})
    assert (answer.status_code, "Line 2" in answer.text, SCRIPT in answer.text) == (400, True, False)
    assert "Order 2" in answer.text
    position = propose(olga, TABLE.replace("Newtown", f'"{SCRIPT.replace(chr(34), chr(34) * 2)}"'))
    pages = [olga.get(HOME).text, olga.get(f"{HOME}/{position}/decline").text]
    assert not any(SCRIPT in page for page in pages)


@pytest.mark.usefixtures("admitting")
def test_a_change_is_declined_with_a_reason() -> None:
    """By whoever proposed it too; then nobody signs it."""
    olga = sign_in("olga")
    position = propose(olga)
    assert send_form(olga, f"{HOME}/{position}/decline").status_code == 400
    answer = send_form(olga, f"{HOME}/{position}/decline", text="A wrong name.")
    assert answer.headers["Location"] == f"{HOME}?done=decline"
    page = olga.get(f"{HOME}.json").json()
    assert (page["open"], page["settled"][0]["declined"]) == ([], "A wrong name.")
    assert send_form(sign_in("otto"), f"{HOME}/{position}/sign").status_code == 409


@pytest.mark.usefixtures("admitting")
def test_sources_are_ended_merged_and_renumbered_on_pages() -> None:
    """Each is proposed and signed; everybody sees it afterwards."""
    olga, otto = sign_in("olga"), sign_in("otto")
    send_form(otto, f"{HOME}/{propose(olga)}/sign")
    common = {"day": "2015-06-01", "basis": "Order 3"}
    forms = {
        "end": {"catalogue": HYGIENE, "office": NEW}, "merge": {"office": "uk-fhrs-la:102", "into": NEW},
        "renumber": {"office": "uk-fhrs-la:106", "into": "uk-fhrs-la:9106"},
    }  # fmt: skip
    for act, typed in forms.items():
        assert send_form(olga, f"{HOME}/new/{act}", **typed, **common).status_code == 303, act
        position = olga.get(f"{HOME}.json").json()["open"][0]["position"]
        assert send_form(otto, f"{HOME}/{position}/sign").status_code == 303, act
    page = otto.get("/admitted-sources.json").json()
    [catalogue] = [line for line in page["admitted"] if line["sources"]]
    assert catalogue["sources"][0]["last_day"] == "2015-06-01"
    assert [(line["office"], line["into"], line["renumbered"]) for line in page["successions"]] == [
        ("uk-fhrs-la:106", "uk-fhrs-la:9106", True), ("uk-fhrs-la:102", NEW, False),
    ]  # fmt: skip


@pytest.mark.usefixtures("admitting")
def test_nobody_else_sees_or_sends_these_forms() -> None:
    """Neither clerks nor whoever only watches; an act that there is not, and a change that nobody proposed, are not."""
    position = propose(sign_in("olga"))
    addresses = (HOME, ADMIT, f"{HOME}/{position}/sign", f"{HOME}/backlog/{HYGIENE}.csv")
    for role, scope in (("source", "uk-fhrs-la:102"), ("decider", ""), ("appeal", "board"), ("recipient", "")):
        client = sign_in(f"some {role}", role, scope)
        assert [client.get(address).status_code for address in addresses] == [403] * 4
        typed = {"catalogue": HYGIENE, "sources": TABLE, "version": str(position), "step": "send"}
        assert [client.post(address, typed).status_code for address in addresses[1:3]] == [403] * 2
    otto = sign_in("otto")
    nowhere = (f"{HOME}/new/abolish", f"{HOME}/99999/sign", f"{HOME}/{position}/burn", f"{HOME}/{10**30}/sign")
    assert [otto.get(address).status_code for address in nowhere] == [404] * 4
    assert LINE.id not in list_source_ids()


def test_where_no_catalogue_admits_anybody_the_form_says_so(enact: Callable[[Catalogue], int]) -> None:
    """And the public page has no such section."""
    enact(make_closed_catalogue(2))
    olga = sign_in("olga")
    assert olga.get(ADMIT).status_code == 409
    assert olga.get("/admitted-sources.json").json()["admitted"] == []
