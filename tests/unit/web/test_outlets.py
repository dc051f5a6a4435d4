"""Charter article 19 over every address there is: what only parties may know reaches nobody else.

The addresses come from the resolver itself, so a new page is tried from its first day on.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from tests.people import CLERK, DECIDER, LISTED
from tests.registers import NOW
from tests.unit.web.played import BUYER, FINDING, append_case_act, case_after_notice, new_company, today

from goodstanding.procedure.case_states import Act
from goodstanding.web.http import clock

Person = Callable[..., Any]
SECRETS = (
    "Finding-Quokka", "Ref-Quokka", "Reply-Quokka", "Exhibit-Quokka", "exhibit-quokka.txt", "Applied-Quokka",
    "Quokka Worker", "Dispute-Quokka", "2025-02-28",
)  # fmt: skip
STRANGERS = {
    "anybody": None,
    "other subject": ("Ned Neighbour", "subject", "of a case of its own"),
    "other clerk": ("Olga Other", "source", "example-food-office"),
    "other decider": ("Otto Other", "decider", "example-food-office"),
    "other appeal body": ("Tara Tribunal", "appeal", "example-food-tribunal"),
    "recipient": ("Rex Recipient", "recipient", ""),
    "relying party": ("Tess Tender", "relying-party", "tender-office"),
    "other applicant": ("Amy Applicant", "applicant", ""),
    "operator": ("Oz Operator", "operator", ""),
}
_PARAMETER = re.compile(r"<(?:[a-z]+:)?([a-z_0-9]+)>")
_PATTERN = re.compile(r"\(\?P<([a-z_0-9]+)>[^)]*\)")
_LEAVES = ("sign-out", "account/logout")  # these end the session that the rest is tried with
pytestmark = pytest.mark.usefixtures("case_register")


@dataclass(frozen=True)
class Secret:
    """A case that only its parties know of, what it holds, and what fills in the addresses."""

    case: Any
    positions: tuple[int, ...]
    values: dict[str, tuple[str, ...]]


@pytest.fixture
def secret(person: Person) -> Secret:
    """A case that an applicant asked for, told to its company today, and answered with a file."""
    return play_secret_case(person, 0)


def play_secret_case(person: Person, days_ago: int) -> Secret:
    """Such a case, told so many days ago and answered today."""
    from goodstanding.register.cases.proposals import Proposal, propose_case

    about, day = new_company(), today() - timedelta(days=days_ago)
    sent = person("Quokka Worker", "applicant").post("/applications/new", {
        "list": f"{LISTED} {BUYER}", "kind": "organisation", "identifier": about, "name": "Example Works",
        "text": "Applied-Quokka", "amount": "1.00", "currency": "eur", "step": "send",
        "version": "0",
    })  # fmt: skip
    application = int(sent.headers["Location"].split("/")[2].split("?")[0])
    proposal = Proposal(list=LISTED, kind="organisation", identifier=about, name="Example Works", fields=FINDING,
                        reference="Ref-Quokka", occurred=date(2025, 2, 28),
                        text="Finding-Quokka", application=application)  # fmt: skip
    case = append_case_act(
        propose_case(proposal, CLERK, day, NOW), Act.SERVE_NOTICE, CLERK, days_ago, service="delivered", proof="Receipt"
    )
    file = io.BytesIO(b"Exhibit-Quokka")
    file.name = "exhibit-quokka.txt"
    client = person("Dora Director", "subject", about)
    fields = {"version": len(case.acts), "text": "Reply-Quokka", "files": file, "step": "send"}
    assert client.post(f"/cases/{case.position}/acts/{Act.REPLY.value}", fields).status_code == 303
    return _build_secret(case, about, application)


def _build_secret(case: Any, about: str, application: int) -> Secret:
    from goodstanding.register.cases.case_file import get_case

    case_file = get_case(case.position)
    positions = tuple(dict.fromkeys((case_file.position, application, *(act.position for act in case_file.acts))))
    [digest] = [exhibit["digest"] for act in case_file.acts for exhibit in act.body.get("evidence", ())]
    numbers = tuple(map(str, positions))
    return Secret(case_file, positions, {
        "position": numbers, "event": numbers, "identifier": (about,), "source": (BUYER,), "digest": (digest,),
        "catalogue": ("procurement-exclusion",), "name": ("excluded-for-misconduct", "procurement-exclusion"),
        "list": ("excluded-for-misconduct",), "form": ("csv",), "file": ("lists.csv",), "path": ("checkpoint",),
        "sending": ("one",), "act": tuple(act.value for act in Act), "doing": ("complain", "confirm", "decline"),
        "number": ("1",), "batch": ("one",), "width": ("wide",), "provider_id": ("one",), "nowhere": ("one",),
        "pk": ("1",), "key": ("one",), "uidb36": ("1",),
    })  # fmt: skip


def list_routes() -> Iterator[str]:
    """Every route of the program, as the resolver holds it."""
    from django.urls import get_resolver

    def walk(patterns: Any, before: str) -> Iterator[str]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            yield from walk(pattern.url_patterns, route) if hasattr(pattern, "url_patterns") else [route]

    return walk(get_resolver().url_patterns, "")


def vary_in_turn(*choices: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Each value of each choice once, beside the first ones of the others."""
    first = tuple(values[0] for values in choices)
    yield first
    for place, values in enumerate(choices):
        yield from ((*first[:place], value, *first[place + 1 :]) for value in values[1:])


@pytest.fixture
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether all that can be crossed is tried."""
    return bool(request.config.getoption("thorough"))


def list_addresses(secret: Secret, thorough: bool) -> list[str]:
    """Every route with all that fits into it, and what asks a page for more."""
    return _fill_in(dict.fromkeys(list_routes()), secret, thorough)


def list_addresses_to_read(secret: Secret, thorough: bool) -> list[str]:
    """The same; usually of a page its twin alone, which says no less (`test_page_contract`)."""
    routes = dict.fromkeys(list_routes())
    return _fill_in([route for route in routes if thorough or f"{route}.json" not in routes], secret, thorough)


def _fill_in(routes: Iterable[str], secret: Secret, thorough: bool) -> list[str]:
    paths, combine = [], product if thorough else vary_in_turn
    for route in routes:
        plain = _PATTERN.sub(r"<\1>", route).replace("^", "").replace("$", "")
        names = _PARAMETER.findall(plain)
        missing = [name for name in names if name not in secret.values]
        assert not missing, f"what fills in {missing} of {route}?"
        for values in combine(*(secret.values[name] for name in names)):
            values_left = iter(values)
            paths.append("/" + _PARAMETER.sub(lambda _match, values_left=values_left: next(values_left), plain))
    about = secret.values["identifier"][0]
    queries = (f"/search?q={about}", f"/search.json?q={about}", "/search?q=Ref-Quokka", f"/v1/search?q={about}",
               f"/subjects/{about}?at={today()}", f"/subjects/{about}.json?known_at={secret.positions[-1] + 1}",
               "/v1/search?q=Example+Works", "/oversight.json", "/desk?queue=all")  # fmt: skip
    return [*paths, *queries]


def _client(person: Person, who: Any) -> Any:
    from django.test import Client

    if who and who[1] == "subject":
        who = (*who[:2], case_after_notice().subject.identifier)
    return person(*who) if who else Client(headers={"host": "localhost"})


def _read(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace")


@pytest.mark.parametrize("who", STRANGERS.values(), ids=STRANGERS)
def test_no_address_tells_a_stranger_of_a_case(person: Person, secret: Secret, thorough: bool, who: Any) -> None:
    """Whoever is no party reads no word, name, file, reference or day of a case that is not decided, wherever asked."""
    client = _client(person, who)
    for address in list_addresses_to_read(secret, thorough):
        if any(leaf in address for leaf in _LEAVES):
            continue
        answer = client.get(address)
        text = _read(answer)
        assert answer.status_code < 500, address
        assert not [word for word in SECRETS if word in text and word not in address], address


@pytest.mark.parametrize("who", STRANGERS.values(), ids=STRANGERS)
def test_no_address_lets_a_stranger_write(person: Person, secret: Secret, thorough: bool, who: Any) -> None:
    """Whatever a stranger sends to whichever address about a case of others, the ledger is as long as before."""
    from goodstanding.ledger import store
    from goodstanding.register.cases.case_file import get_case

    client, before = _client(person, who), len(get_case(secret.case.position).acts)
    form = {"text": "Let it end.", "version": str(before), "step": "send", "do": "send", "upheld": "no",
            "ends_on": "", "proof": "x",
            "service": "opened", "day": str(today()), "list": LISTED, "reason": "unlawful"}  # fmt: skip
    size = store.get_ledger_size()
    for address in list_addresses(secret, thorough):
        if not any(leaf in address for leaf in (*_LEAVES, "account/", "applications/new", "/desk/propose")):
            answer = client.post(address, form)
            assert answer.status_code < 500, address
            assert store.get_ledger_size() == size, (address, answer.status_code)
    assert len(get_case(secret.case.position).acts) == before


def test_the_parties_do_read_it(person: Person, secret: Secret, thorough: bool) -> None:
    """The same addresses tell company, clerk, decider and overseer, so what is tried above could be told."""
    about = secret.case.subject.identifier
    parties = {
        "subject": ("Dora Director", "subject", about), "source": ("Ada Clerk", "source", BUYER),
        "decider": ("Ben Decider", "decider", BUYER), "overseer": ("Vera Overseer", "overseer", ""),
    }  # fmt: skip
    for name, who in parties.items():
        client, read = person(*who), set[str]()
        for address in list_addresses_to_read(secret, thorough):
            if not any(leaf in address for leaf in _LEAVES):
                text = _read(client.get(address))
                read |= {word for word in SECRETS if word in text}
        expected = {"Finding-Quokka", "Reply-Quokka", "exhibit-quokka.txt", "Exhibit-Quokka", "Ref-Quokka"}
        assert read >= expected, name
        assert name in ("source", "overseer") or "Quokka Worker" not in read, name


def test_of_what_is_in_force_only_the_effect_is_public(
    person: Person, thorough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once a listing binds anybody reads it, but neither the reply, nor its files, nor who applied for it."""

    secret = play_secret_case(person, 41)
    case = append_case_act(secret.case, Act.DECIDE, DECIDER, text="It was so.", ends_on=today() + timedelta(days=400))
    append_case_act(case, Act.SERVE_DECISION, CLERK, service="delivered", proof="Receipt")
    later = today() + timedelta(days=60)
    monkeypatch.setattr(clock, "_find_demonstration_day", lambda: later)
    client, read = _client(person, None), set[str]()
    for address in list_addresses_to_read(secret, thorough):
        text = _read(client.get(address))
        read |= {word for word in SECRETS if word in text}
    assert client.get(f"/subjects/{secret.values['identifier'][0]}.json").json()["listings"]
    assert read <= {"Finding-Quokka", "Ref-Quokka", "2025-02-28"}
