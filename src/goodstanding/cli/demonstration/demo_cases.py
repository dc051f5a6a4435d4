"""Made-up cases for a demonstration: one at each step of a hearing, against made-up companies (示例)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from goodstanding.access import Actor, Role
from goodstanding.procedure.case_states import Act

BUYER, BOARD, OFFICE = "example-buyer", "example-board", "example-food-office"
CLERK = Actor(Role.SOURCE, BUYER, "A. Example, clerk")
DECIDER = Actor(Role.DECIDER, BUYER, "B. Example, decider")
FOOD_DECIDER = Actor(Role.DECIDER, OFFICE, "F. Example, decider")
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
PlayStep = tuple[int, Act, Actor, dict[str, Any]]


def play_demonstration_cases(day: date, recorded_at: datetime) -> int:
    """Opens and plays the cases as of a day, once; gives how many there are in all."""
    from goodstanding.register.search.register_counts import count_cases

    if _is_played():
        return count_cases()
    for key, days, steps in _list_plays():
        _play_case(key, day - timedelta(days=days), recorded_at, steps)
    _close_premises(day, recorded_at)
    _dispute_listing(day, recorded_at)
    return count_cases()


def _is_played() -> bool:
    from goodstanding.errors import NotFound
    from goodstanding.register.files.subjects import find_subject_id

    try:
        find_subject_id(COMPANIES["told"][0])
    except NotFound:
        return False
    return True


def _list_plays() -> list[tuple[str, int, list[PlayStep]]]:
    served: list[PlayStep] = [
        (2, Act.SERVE_NOTICE, CLERK, {"service": "delivered", "proof": "Courier receipt 4711"}),
        (20, Act.REPLY, _build_company_actor("bound"), {"text": _REPLY}),
        (40, Act.DECIDE, DECIDER, {"text": _DECIDED}),
        (42, Act.SERVE_DECISION, CLERK, {"service": "delivered", "proof": "Courier receipt 4720"}),
    ]
    return [
        ("told", 6, served[:1]),
        ("bound", 90, _assign_company("bound", served)),
        (
            "appealed",
            60,
            [
                *_assign_company("appealed", served),
                (52, Act.APPEAL, _build_company_actor("appealed"), {"text": _REPLY}),
            ],
        ),
        ("disputed", 120, _assign_company("disputed", served)),
        ("lapsed", 100, served[:1]),
    ]


def _assign_company(key: str, steps: list[PlayStep]) -> list[PlayStep]:
    return [
        (days, act, _build_company_actor(key) if actor.role is Role.SUBJECT else actor, arguments)
        for days, act, actor, arguments in steps
    ]


def _build_company_actor(key: str) -> Actor:
    return Actor(Role.SUBJECT, COMPANIES[key][0], "Representative of the company")


def _play_case(key: str, begun: date, recorded_at: datetime, steps: list[PlayStep]) -> None:
    from goodstanding.register.cases.acts import append_act
    from goodstanding.register.cases.proposals import Proposal, propose_case

    identifier, name = COMPANIES[key]
    fields = {"cause": "fraud", "sanction": "exclusion", "proved_by": "preponderance", "panel_view": True}
    proposal = Proposal(list=MISCONDUCT, kind="organisation", identifier=identifier, name=name, reference=f"EX-{key}",
                   occurred=begun - timedelta(days=20), text=_WHY, fields=fields)  # fmt: skip
    case = propose_case(proposal, CLERK, begun, recorded_at)
    for days, done, actor, arguments in steps:
        case = append_act(case.position, done, actor, begun + timedelta(days=days), recorded_at, **arguments)


def _close_premises(day: date, recorded_at: datetime) -> None:
    from goodstanding.register.cases.proposals import Proposal, propose_case

    identifier, name = COMPANIES["closed"]
    text = "The inspector found rats in the room where dough is kept. Photographs were taken."
    proposal = Proposal(list=DANGER, kind="organisation", identifier=identifier, name=name, reference="EX-closed",
                   occurred=day - timedelta(days=1), text=text, fields={"danger": "infestation", "grave": True},
    )  # fmt: skip
    propose_case(proposal, FOOD_DECIDER, day - timedelta(days=1), recorded_at, interim=True)


def _dispute_listing(day: date, recorded_at: datetime) -> None:
    from goodstanding.register.cases.subject_requests import dispute_record
    from goodstanding.register.files.case_queries import list_case_rows
    from goodstanding.register.files.subjects import find_subject_id

    company = _build_company_actor("disputed")
    [case] = list_case_rows(find_subject_id(company.scope), 2**53)
    text = "The certificate was genuine when the bid was sent. The issuer has found its copy and will say so."
    dispute_record(case["position"], company, day - timedelta(days=3), recorded_at, text)
