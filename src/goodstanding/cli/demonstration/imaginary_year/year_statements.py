"""Files that two courts of the province send: orders to enter debtors, and later who paid, part of it stated too late.

Each goes through the door by which any source sends its records.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from goodstanding.cli.demonstration.imaginary_year.firms import Firm
from goodstanding.cli.demonstration.imaginary_year.province import COURTS, get_office
from goodstanding.cli.demonstration.imaginary_year.year_plan import SEED, YearPlan
from goodstanding.intake.submissions.batches import SubmissionHeader, ingest_upload
from goodstanding.intake.submissions.formats import get_format, list_feeds_of_record
from goodstanding.intake.submissions.statements import read_statement

_COURTS = ("aldermark-enforcement-3", "aldermark-enforcement-5")
_ORDERED_FROM, _ORDERED_ON = date(2025, 3, 3), date(2025, 10, 10)
_PAID_ON = (date(2025, 11, 14), date(2026, 4, 24), date(2026, 9, 18))
_ORDERS, _SOON, _LATE = 130, 16, 11  # of a court; of each file of payments, stated soon or late
_THREE_YEARS = timedelta(days=3 * 365)
_SUBJECT = ("reference", "occurred", "subject.identifiers", "subject.name", "subject.kind", "subject.region")
_ORDER_FIELDS = (
    "amount_due", "ground", "ability", "month_ended_on", "payment_plan", "served_on", "entered_on", "delete_on",
    "ordered_by", "decided_by",
)  # fmt: skip
Row = dict[str, object]


def send_statements(plan: YearPlan, recorded_at: datetime) -> int:
    """Sends all files of both courts; gives how many."""
    random = Random(SEED)
    for number, source in enumerate(_COURTS):
        office = get_office(source)
        firms = plan.firms[-_ORDERS * (number + 1) :][:_ORDERS]
        orders = [_draw_order(random, firm, place) for place, firm in enumerate(firms)]
        send_rows(source, office.clerk.name, f"{COURTS}/order", _ORDERED_ON, orders, recorded_at)
        for place, stated in enumerate(_PAID_ON):
            paid = orders[place * (_SOON + _LATE) :][: _SOON + _LATE]
            rows = [_draw_payment(random, order, stated, late) for late, order in enumerate(paid)]
            send_rows(source, office.clerk.name, f"{COURTS}/satisfaction", stated, rows, recorded_at)
    return len(_COURTS) * (1 + len(_PAID_ON))


def _draw_order(random: Random, firm: Firm, number: int) -> Row:
    day = _ORDERED_FROM + timedelta(days=random.randrange((_ORDERED_ON - _ORDERED_FROM).days - 40))
    fields = {
        "amount_due": random.randrange(40_000, 6_000_000), "ground": "enforcement-futile", "ability": "able",
        "month_ended_on": day - timedelta(days=2), "payment_plan": False,
        "served_on": day + timedelta(days=4), "entered_on": day + timedelta(days=24), "delete_on": day + _THREE_YEARS,
        "ordered_by": "B. Inkpenny", "decided_by": "R. Vexford",
    }  # fmt: skip
    return _describe_firm(firm, f"ORD-{number + 1:04}", day) | {
        f"fields.{name}": fields[name] for name in _ORDER_FIELDS
    }


def _draw_payment(random: Random, order: Row, stated: date, number: int) -> Row:
    """A payment that was stated within three working days, or up to a month after."""
    wait = random.randrange(1, 3) if number < _SOON else random.randrange(8, 30)
    paid = stated - timedelta(days=wait)
    named = {column: order[column] for column in _SUBJECT}
    return named | {
        "reference": f"PAID-{str(order['reference'])[4:]}", "occurred": paid, "about": order["reference"],
        "fields.full": True, "fields.told_on": stated,
    }  # fmt: skip


def _describe_firm(firm: Firm, reference: str, day: date) -> Row:
    values = (reference, day, firm.identifier, firm.name, "organisation", firm.district)
    return dict(zip(_SUBJECT, values, strict=True))


def send_rows(
    source: str, clerk: str, feed: str, stated: date, rows: Sequence[Row], recorded_at: datetime
) -> None:  # fmt: skip
    """Sends rows in the canonical form of a record, as a file of a source that one of its clerks sends."""
    submission_format = get_format(source, feed)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{feed.partition('/')[2]}-{stated}.csv"
        _write_csv(file, rows)
        statement = read_statement(submission_format, source, file, stated, recorded_at)
        header = SubmissionHeader(source, submission_format.name, "file", clerk, stated, file.name)
        ingest_upload(header, statement, list_feeds_of_record(submission_format, source), None, recorded_at)


def _write_csv(file: Path, rows: Sequence[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
