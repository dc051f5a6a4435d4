"""Made-up cases for a demonstration: one at each step of a hearing, against made-up companies (示例)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from goodstanding.access import Actor, Role
from goodstanding.procedure.hearing import Act

BUYER, BOARD, OFFICE = "example-buyer", "example-board", "example-food-office"
CLERK = Actor(Role.SOURCE, BUYER, "A. Example, clerk")
DECIDER = Actor(Role.DECIDER, BUYER, "B. Example, decider")
FOOD = Actor(Role.DECIDER, OFFICE, "F. Example, decider")
MISCONDUCT, DANGER = "procurement-exclusion/excluded-for-misconduct", "imminent-danger/closed-for-danger"
COMPANIES = {
    "told": ("cn-uscc:91320102MA00A001XD", "示例建筑工程（南京）有限公司"),
    "bound": ("cn-uscc:91320102MA00A0028D", "示例桥梁材料有限公司"),
    "appealed": ("cn-uscc:91320102MA00A00368", "示例信息技术有限公司"),
    "disputed": ("cn-uscc:91320102MA00A00443", "示例园林绿化有限公司"),
    "lapsed": ("cn-uscc:91320102MA00A0052X", "示例物业服务有限公司"),
    "closed": ("cn-uscc:91320102MA00A0060Q", "示例食品加工厂"),
}
_WHY = "The bid named a certificate. Its issuer says that it never issued it, and sent the letter that is attached."
_REPLY = "A supplier gave us this certificate and we did not know. We have ended the contract with that supplier."
_DECIDED = "The issuer's letter proves that the certificate is forged. That a supplier provided it makes it less grave."
Step = tuple[int, Act, Actor, dict[str, Any]]


def play(day: date, recorded_at: datetime) -> int:
    """Opens and plays the cases as of a day, once; gives how many there are."""
    from goodstanding.register.store import rows

    held = int(rows("SELECT count(*) FROM hearing")[0][0])
    if held:
        return held
    for key, days, steps in _plays():
        _play(key, day - timedelta(days=days), recorded_at, steps)
    _close(day, recorded_at)
    _dispute(day, recorded_at)
    return int(rows("SELECT count(*) FROM hearing")[0][0])


def _plays() -> list[tuple[str, int, list[Step]]]:
    served: list[Step] = [
        (2, Act.SERVE_NOTICE, CLERK, {"service": "delivered", "proof": "Courier receipt 4711"}),
        (20, Act.REPLY, _company("bound"), {"text": _REPLY}),
        (40, Act.DECIDE, DECIDER, {"text": _DECIDED}),
        (42, Act.SERVE_DECISION, CLERK, {"service": "delivered", "proof": "Courier receipt 4720"}),
    ]
    return [
        ("told", 6, served[:1]),
        ("bound", 90, _of("bound", served)),
        ("appealed", 60, [*_of("appealed", served), (52, Act.APPEAL, _company("appealed"), {"text": _REPLY})]),
        ("disputed", 120, _of("disputed", served)),
        ("lapsed", 100, served[:1]),
    ]


def _of(key: str, steps: list[Step]) -> list[Step]:
    return [
        (days, act, _company(key) if actor.role is Role.SUBJECT else actor, said) for days, act, actor, said in steps
    ]


def _company(key: str) -> Actor:
    return Actor(Role.SUBJECT, COMPANIES[key][0], "Representative of the company")


def _play(key: str, begun: date, recorded_at: datetime, steps: list[Step]) -> None:
    from goodstanding.register.hearings import act
    from goodstanding.register.proposals import Proposal, propose

    identifier, name = COMPANIES[key]
    fields = {"cause": "fraud", "sanction": "exclusion", "proved_by": "preponderance", "panel_view": True}
    one = Proposal(list=MISCONDUCT, kind="organisation", identifier=identifier, name=name, reference=f"EX-{key}",
                   occurred=begun - timedelta(days=20), text=_WHY, fields=fields)  # fmt: skip
    case = propose(one, CLERK, begun, recorded_at)
    for days, done, actor, said in steps:
        case = act(case.position, done, actor, begun + timedelta(days=days), recorded_at, **said)


def _close(day: date, recorded_at: datetime) -> None:
    from goodstanding.register.proposals import Proposal, propose

    identifier, name = COMPANIES["closed"]
    text = "The inspector found rats in the room where dough is kept. Photographs were taken."
    one = Proposal(list=DANGER, kind="organisation", identifier=identifier, name=name, reference="EX-closed",
                   occurred=day - timedelta(days=1), text=text, fields={"danger": "infestation", "grave": True},
    )  # fmt: skip
    propose(one, FOOD, day - timedelta(days=1), recorded_at, interim=True)


def _dispute(day: date, recorded_at: datetime) -> None:
    from goodstanding.register.file import whose
    from goodstanding.register.hearing_rows import cases_of
    from goodstanding.register.requests import dispute

    company = _company("disputed")
    [case] = cases_of(whose(company.scope), 2**53)
    text = "The certificate was genuine when the bid was sent. The issuer has found its copy and will say so."
    dispute(case["position"], company, day - timedelta(days=3), recorded_at, text)
