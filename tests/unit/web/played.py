"""Cases played in a demonstration register, each about a company of its own, and the people who work on them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from itertools import count
from typing import Any

from tests.people import CLERK, DECIDER, LISTED
from tests.registers import NOW

from goodstanding.access import Actor, Role
from goodstanding.procedure.case_states import Act

DANGER = "imminent-danger/closed-for-danger"
BUYER, BOARD, OFFICE, TRIBUNAL = "example-buyer", "example-board", "example-food-office", "example-food-tribunal"
FINDING = {"cause": "fraud", "sanction": "exclusion", "proved_by": "conviction"}
_numbers = count(1)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def today() -> date:
    """The day on which pages are looked at."""
    from goodstanding.web.http.clock import get_today

    return get_today()


def new_company() -> str:
    """The identifier of a company that no other test knows."""
    return f"uk-fhrs-row:{700_000 + next(_numbers)}"


def case_after_proposal(days_ago: int = 0, identifier: str | None = None, **changes: Any) -> Any:
    """A case proposed so many days ago."""
    from goodstanding.register.cases.proposals import Proposal, propose_case

    number = next(_numbers)
    fields: dict[str, Any] = {
        "list": LISTED, "kind": "organisation", "identifier": identifier or new_company(), "fields": FINDING,
        "name": f"Example Works {number}", "reference": f"B-{number}", "occurred": today() - timedelta(days=days_ago),
        "text": f"The bid {number} named a certificate that was forged, as issuer {number} wrote on day {number}.",
    }  # fmt: skip
    interim = (fields | changes)["list"] == DANGER
    by = Actor(Role.DECIDER, OFFICE, "Gus Decider") if interim else CLERK
    return propose_case(Proposal(**(fields | changes)), by, today() - timedelta(days=days_ago), NOW, interim)


def append_case_act(case: Any, act: Act, actor: Actor, days_ago: int = 0, **fields: Any) -> Any:
    """The case after an act, done so many days ago."""
    from goodstanding.register.cases.acts import append_act

    return append_act(case.position, act, actor, today() - timedelta(days=days_ago), NOW, **fields)


def case_after_notice(days_ago: int = 0, **changes: Any) -> Any:
    """A case whose notice was served so many days ago."""
    return append_case_act(
        case_after_proposal(days_ago, **changes),
        Act.SERVE_NOTICE,
        CLERK,
        days_ago,
        service="delivered",
        proof="Receipt 1",
    )


def case_after_decision(days_ago: int = 0, **changes: Any) -> Any:
    """A case whose decision was served so many days ago, after forty days."""
    case = append_case_act(
        case_after_notice(days_ago + 40, **changes), Act.DECIDE, DECIDER, days_ago + 1, text="It was forged."
    )
    return append_case_act(case, Act.SERVE_DECISION, CLERK, days_ago, service="delivered", proof="Receipt 2")


def case_after_appeal(days_ago: int = 0, **changes: Any) -> Any:
    """A case whose decision was served ten days before its appeal."""
    case = case_after_decision(days_ago + 10, **changes)
    return append_case_act(case, Act.APPEAL, subject_actor(case), days_ago, text="The issuer erred.")


def subject_actor(case: Any, name: str = "Dora Director") -> Actor:
    """Somebody who acts for the company of a case."""
    return Actor(Role.SUBJECT, case.subject.identifier, name)


def read_hidden_fields(page: str, form: str = "") -> dict[str, str]:
    """The hidden fields of the form whose address ends so."""
    start = page.index(f'action="{form}"') if form else 0
    return {name: unescape(value) for name, value in _HIDDEN.findall(page[start : page.index("</form>", start)])}


def send_act_form(client: Any, case: Any, act: Act, **fields: Any) -> Any:
    """The answer to a form of the case's page, filled in and sent."""
    address = f"/cases/{case.position}/acts/{act.value}"
    return client.post(address, {"version": len(case.acts), "step": "send"} | fields)
