"""Journeys of people who mean ill, through the site's own pages: a rogue clerk, and a closed account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from tests.forms import Form
from tests.unit.web.played import BUYER, OFFICE, case_after_notice, new_company, send_act_form, today

from goodstanding import config
from goodstanding.access.mandates import WAITING_DAYS
from goodstanding.procedure.case_states import Act

Person = Callable[..., Any]


def claim_file(client: Any, identifier: str) -> int:
    """The number of a claim that somebody makes with a proof, from its check page."""
    deed = BytesIO(b"A deed, made up for a test.\n")
    deed.name = "deed.txt"
    page = client.post("/account/claim", {"identifier": identifier, "text": "I act for it.", "files": deed})
    assert page.status_code == 200
    assert client.post("/account/claim", Form(page.text).hidden | {"step": "send"}).status_code == 303
    return int(client.get("/account/claim.json").json()["claims"][0]["number"])


def settle(client: Any, number: int) -> Any:
    """The answer to confirming a claim."""
    until = (today() + timedelta(days=200)).isoformat()
    return client.post("/account/claims", {"claim": number, "version": number, "step": "send", "do": "confirm",
                                           "until": until})  # fmt: skip


def test_a_rogue_clerk_gets_no_accomplice_into_a_secret_case(
    person: Person, case_register: config.RegisterSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever states something about a company neither lets anybody act for it, nor reads it, nor removes anybody."""
    company = new_company()
    secret = case_after_notice(3, identifier=company)
    true_person, clerk = person("Tara True", "subject", company), person("Rick Rogue", "source", OFFICE)
    accomplice = person("Alma Accomplice", "applicant")
    number = claim_file(accomplice, company)
    # the clerk, of whichever source, settles nothing, and the claim is not there for them
    for office in (clerk, person("Bea Buyer", "source", BUYER), person("Dan", "decider", BUYER)):
        assert number not in [line["number"] for line in office.get("/account/claims.json").json()["waiting"]]
        assert settle(office, number).status_code == 403
    for address in (f"/cases/{secret.position}", f"/cases/{secret.position}.json"):
        assert clerk.get(address).status_code == accomplice.get(address).status_code == 404
    assert clerk.get(f"/ledger/{secret.position}.json").json()["body"] is None
    # even were the overseer deceived, there are days in which the true person is told and objects
    assert settle(person("Olga Overseer", "overseer"), number).status_code == 303
    assert accomplice.get(f"/cases/{secret.position}").status_code == 404
    monkeypatch.setenv("GOODSTANDING_TODAY", (today() + timedelta(days=WAITING_DAYS)).isoformat())
    parts = accomplice.get("/account/roles.json").json()["parts"]
    [part] = [line["number"] for line in parts if line["role"] == "subject"]
    accomplice.post("/account/roles", {"part": part})
    mandates = {line["person"]: line for line in accomplice.get("/account/representatives.json").json()["mandates"]}
    removal = {"mandate": mandates["Tara True"]["number"], "reason": "I am here now."}
    assert accomplice.post("/account/representatives", removal).status_code == 403
    objection = {"mandate": mandates["Alma Accomplice"]["number"], "reason": "Nobody of ours."}
    assert true_person.post("/account/representatives", objection).status_code == 302
    for address in (f"/cases/{secret.position}", "/file", "/file/everything.zip"):
        assert accomplice.get(address).status_code in (403, 404)
    assert send_act_form(accomplice, secret, Act.REPLY, text="We admit it.").status_code in (403, 404)
    assert true_person.get(f"/cases/{secret.position}").status_code == 200


def test_a_closed_account_opens_nothing_and_gets_no_letter(
    person: Person, case_register: config.RegisterSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closed in the middle of a session it is out at once; its password, its link and its name are of no more use."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core import mail

    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
    mail.outbox = []
    company = new_company()
    case = case_after_notice(3, identifier=company)
    client = person("Cleo Closed", "subject", company, email="cleo@example.org")
    user = get_user_model().objects.get(username="Cleo Closed")
    user.set_password("violet-harbour-7719-quince")
    user.save()
    client.force_login(user)
    assert client.get(f"/cases/{case.position}").status_code == 200
    get_user_model().objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(f"/cases/{case.position}").status_code == 404
    assert client.get("/account").status_code == 302
    for spelling in ("Cleo Closed", "CLEO CLOSED", "\uff23leo Closed"):
        client.post("/sign-in", {"username": spelling, "password": "violet-harbour-7719-quince"})
        assert not client.get("/sign-in.json").json()["name"]
    client.post("/account/password/reset/", {"email": "cleo@example.org"})
    person("Ada Clerk", "source", BUYER)
    clerk = person("Bea Buyer", "source", BUYER)
    send_act_form(clerk, case, Act.WITHDRAW, text="It was an error.")
    assert [message.to for message in mail.outbox if "cleo@example.org" in message.to] == []
