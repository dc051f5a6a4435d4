"""Files of the made-up authorities that catalogues of China name as examples, about made-up firms (示例)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from goodstanding.cli.demonstration.imaginary_year.province_rules import EXAMPLE_REGULATOR, MARKET
from goodstanding.cli.demonstration.imaginary_year.year_plan import SEED
from goodstanding.cli.demonstration.imaginary_year.year_statements import Row, send_rows
from goodstanding.subjects import SCHEMES

_FIRMS, _STATED = 40, date(2026, 10, 30)
_CLERK, _OFFICIAL = "clerk-1.example", "示例 Example official"
_SCHEME, _DIVISION = "cn-uscc", "91320102MA00B"  # of a division that does not exist
_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CATEGORIES = (
    "licences", "staff", "rooms", "equipment", "supplies", "preparation", "cleaning", "additives", "testing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _ExampleFile:
    """A file: whose, of which record, about which kind of firm, from which day on, and what a row says."""

    source: str
    feed: str
    kind: str
    first: date
    draw: Callable[[Random, date], Row]


def send_example_statements(recorded_at: datetime) -> int:
    """Sends a file of each made-up authority; gives how many."""
    random = Random(SEED)
    for number, file in enumerate(_FILES):
        rows = [_draw_row(random, file, number * _FIRMS + place) for place in range(_FIRMS)]
        send_rows(file.source, _CLERK, file.feed, _STATED, rows, recorded_at)
    return len(_FILES)


def _draw_row(random: Random, file: _ExampleFile, number: int) -> Row:
    day = file.first + timedelta(days=random.randrange((_STATED - file.first).days - 40))
    fields = {f"fields.{name}": value for name, value in file.draw(random, day).items()}
    trade = random.choice(("食品", "建材", "物流", "服装", "机械", "餐饮"))
    return {
        "reference": f"EX-{number + 1:04}", "occurred": day, "subject.identifiers": f"{_SCHEME}:{_number_firm(number)}",
        "subject.name": f"示例{trade}有限公司（虚构 {number + 1}）", "subject.kind": file.kind,
        "subject.region": "示例临河区", **fields,
    }  # fmt: skip


def _number_firm(number: int) -> str:
    return next(_list_valid_numbers(f"{_DIVISION}{number:04}"))


def _list_valid_numbers(start: str) -> Iterator[str]:
    """The numbers that begin so and whose last character checks the others."""
    check = SCHEMES[_SCHEME].check
    return (start + last for last in _CHARACTERS if not list(check(start + last)))


def _draw_debtor(random: Random, day: date) -> Row:
    return {
        "duty": "payment", "amount_due": random.randrange(1_000_000, 90_000_000), "performed": "nothing",
        "ground": "refuses-though-able", "able": True, "secured": False, "assets_cover": False, "turn_come": True,
        "serious_obstruction": False, "several_acts": False, "term": "open", "request_barred": False,
        "filed_on": day - timedelta(days=90), "notice_served_on": day - timedelta(days=30),
        "reply_until": day - timedelta(days=15), "decided_by": _OFFICIAL, "served_on": day + timedelta(days=2),
    }  # fmt: skip


def _draw_penalty(random: Random, day: date) -> Row:
    return {
        "class": random.choice(("general", "general", "serious")), "sanction": "fine", "display_needed": False,
        "noticed_on": day - timedelta(days=20), "reply_days": 10, "decided_by": _OFFICIAL,
        "served_on": day + timedelta(days=3),
    }  # fmt: skip


def _draw_violation(random: Random, day: date) -> Row:
    tests = dict.fromkeys(("breach", "vile", "grave", "greater_harm", "heavier_penalty"), True)
    notified, served = day - timedelta(days=20), day + timedelta(days=3)
    return {**tests, "noticed_on": notified, "reply_days": 10, "decided_by": _OFFICIAL, "served_on": served}


def _draw_assessment(random: Random, day: date) -> Row:
    deducted = random.choice((0, 0, 40, 110, 180, 320, 450, 640))
    zeros = dict.fromkeys(("waived", "excused", "repaired", "carried"), 0)
    noes = dict.fromkeys(("under_three_years", "d_year_before", "nil_vat", "no_books", "no_revenue"), False)
    return {
        "status": "full-year", "indicators": "regular-and-others", "deducted": deducted, **zeros, **noes,
        "years_since_direct_d": 9, "decided_by": _OFFICIAL,
    }  # fmt: skip


def _draw_visit(random: Random, day: date) -> Row:
    level = random.choice((95, 88, 75, 62))
    scores = {name: min(100, max(0, level + random.randrange(-6, 6))) for name in _CATEGORIES}
    noes = dict.fromkeys(("newly_licensed", "after_accident"), False)
    average = round(sum(scores.values()) / len(scores))
    return {**scores, "average": average, "failed_key_items": 0, **noes, "inspector": _OFFICIAL}


_FILES = (
    _ExampleFile("cn-court-example", "cn-judgment-debtors-organisations/listing-decision", "organisation",
                 date(2025, 9, 1), _draw_debtor),
    _ExampleFile("cn-example-authority", "cn-credit-repair/penalty", "organisation", date(2026, 5, 4), _draw_penalty),
    _ExampleFile(EXAMPLE_REGULATOR, f"{MARKET}/listing-decision", "organisation", date(2026, 5, 4), _draw_violation),
    _ExampleFile(EXAMPLE_REGULATOR, f"{MARKET}/penalty", "organisation", date(2026, 5, 4), _draw_penalty),
    _ExampleFile("cn-tax-example", "cn-tax-grade/assessment", "organisation", date(2026, 3, 2), _draw_assessment),
    _ExampleFile("cn-food-example", "cn-catering-faces/visit", "establishment", date(2026, 2, 2), _draw_visit),
)  # fmt: skip
