"""Many made-up cases of several made-up procurement offices, written at once: to see how oversight looks and counts.

Each office has habits of its own: how fast it is, how often it upholds, how often it lets time pass, and how alike its
reasons read. As a program: `python -m tests.many_cases DIR` fills a new demonstration register in a folder.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.clerk import rfc
from tests.registers import NOW

from goodstanding.catalogue import Catalogue, load_files, load_library

LISTED, CATALOGUE = "excluded-for-misconduct", "procurement-exclusion"
CAUSES, SERVICE = ("fraud", "corruption", "collusion"), ("opened", "delivered", "posted", "published")
ALIKE = "The documents in the file prove the finding. The company did not refute it. The exclusion is proportionate."
FACTS = ("certificate", "invoice", "reference", "bank guarantee", "test report", "permit", "signature", "price list")
FAULTS = ("was forged", "was issued after the bid", "names another company", "was altered", "does not exist")
WHO = ("its issuer", "an expert", "the auditor", "a witness", "the bank", "the second bidder", "the tax office")
REMARKS = (
    "The company says that a supplier sent it, and showed their letters from the spring before.",
    "Nobody disputes what the laboratory found when it measured the samples a second time.",
    "The reply raised a doubt which the register of companies settles: both firms had one address then.",
    "Two people who did not know each other described the same meeting in the same words.",
    "Since then it has paid back what it had received, and that weighs in its favour.",
    "Without that paper the bid would have been fourth of seven and would not have won.",
    "It happened twice within one year, in tenders of different bodies, under different directors.",
    "The director in charge has left; a programme of integrity was begun in the summer.",
    "That the deadline was short does not excuse it, since more time was never asked for.",
    "A lesser sanction was considered, but the sum was large and the works had begun.",
)


@dataclass(frozen=True)
class Office:
    """An office and its habits: its share of all cases, days to decide, and how often it does what."""

    source: str
    name: str
    region: str
    weight: float
    days: int
    upholds: float
    silent: float
    reversed: float
    alike: float


_HARBOUR = "Example Harbour and Waterways Procurement Authority of the Northern Districts (made up)"
OFFICES = (
    Office("example-buyer", "Example procurement office (made up)", "Hills", 5, 20, 0.84, 0.03, 0.06, 0.1),
    Office("example-buyer-linhe", "示例临河区公共资源采购办公室", "示例临河区", 6, 9, 0.95, 0.09, 0.22, 0.6),
    Office("example-buyer-harbour", _HARBOUR, "Harbour Districts", 3, 28, 0.66, 0.02, 0.13, 0.05),
    Office("example-buyer-roads", "Example Roads Office (made up)", "Hills", 2, 24, 0.8, 0.05, 0.15, 0.2),
    Office("example-buyer-oficina", "Oficina de Contratación (inventada)", "Hills", 1.5, 26, 0.78, 0.0, 0.07, 0),
    Office("example-buyer-clinics", "Example Clinics (made up)", "Harbour Districts", 0.12, 22, 0.7, 0.1, 0.2, 0),
    Office("example-buyer-schools", "示例教育装备采购中心", "示例临河区", 0.08, 22, 0.8, 0.0, 0.0, 0.0),
)  # fmt: skip


def build_catalogue(offices: tuple[Office, ...] = OFFICES) -> Catalogue:
    """The rules of procurement-exclusion with these offices as its deciding bodies."""
    rules = load_library()[CATALOGUE]
    header, *rows = rules.files["sources.csv"].strip().splitlines()
    board = [row for row in rows if row.startswith("example-board,")]
    columns = header.split(",")
    sources = [
        {"id": office.source, "name": f'"{office.name}"', "kind": "deciding-body", "region": office.region}
        for office in offices
    ]
    lines = [",".join(source.get(name, "") for name in columns) for source in sources]
    return load_files({**rules.files, "sources.csv": "\n".join([header, *lines, *board]) + "\n"})


Draft = tuple[str, dict[str, Any]]


def write_cases(number: int, first: date, last: date, seed: int = 2026, offices: tuple[Office, ...] = OFFICES) -> int:
    """Writes so many cases, proposed from a day to a day, and what was done up to then; gives the size."""
    from goodstanding.ledger import store as ledger
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.storage.lifecycle import load_signer

    drawn, position = random.Random(seed), ledger.get_ledger_size()
    drafts: list[ledger.EventDraft] = []
    for case_number in range(number):
        day = first + timedelta(days=drawn.randrange((last - first).days))
        office = drawn.choices(offices, [candidate.weight for candidate in offices])[0]
        case = position + len(drafts)
        drafts += [
            ledger.EventDraft(kind, body)
            for kind, body in _list_case_drafts(drawn, case_number, case, office, day, last)
        ]
    recorded = datetime.combine(last, datetime.min.time(), UTC)
    for start in range(0, len(drafts), 5_000):
        ledger.append(drafts[start : start + 5_000], recorded, load_signer())
    return catch_up()


def _list_case_drafts(
    drawn: random.Random, number: int, case: int, office: Office, day: date, last: date
) -> Iterator[Draft]:
    """A case from its proposal on, as far as it came by the last day."""
    cause = drawn.choices(CAUSES, (6, 3, 1))[0]
    yield _draft_proposal(number, office, day, cause)
    dispute = None
    for at, (kind, on, content) in enumerate(_list_acts(drawn, case, office, day, cause), case + 1):
        if on > last:
            return
        dispute = at if kind == "RecordDisputed" else dispute
        case_key = {} if at == dispute else {"case": dispute or case}
        yield kind, case_key | {"day": on.isoformat(), "by": "A. Example", "office": office.source} | content


def _draft_proposal(number: int, office: Office, day: date, cause: str) -> Draft:
    subject = {"kind": "organisation", "identifiers": [f"mx-rfc:{rfc(number)}"], "name": f"示例 Example Works {number}",
               "region": office.region}  # fmt: skip
    return "CaseProposed", {
        "catalogue": CATALOGUE, "list": LISTED, "record": "exclusion-decision", "reference": f"MC-{number}",
        "version": 1, "subject": subject, "source": office.source, "occurred": (day - timedelta(days=30)).isoformat(),
        "stated": day.isoformat(), "fields": {"cause": cause, "sanction": "exclusion"}, "code": "", "text": "As found.",
        "by": "C. Example", "office": office.source, "day": day.isoformat(),
    }  # fmt: skip


def _list_acts(
    drawn: random.Random, case: int, office: Office, day: date, cause: str
) -> Iterator[tuple[str, date, dict[str, Any]]]:
    if drawn.random() < office.silent / 2:
        return
    notified = day + timedelta(days=drawn.randrange(1, 25))
    yield "NoticeServed", notified, {"service": drawn.choices(SERVICE, (5, 3, 2, 0.4))[0]}
    reply = notified + timedelta(days=drawn.randrange(3, 30))
    if drawn.random() < 0.7:
        yield "ReplyFiled", reply, {"text": "It was not so.", "by": "D. Example", "office": ""}
    if drawn.random() < office.silent:
        return
    decided = max(reply, notified + timedelta(days=31)) + timedelta(days=int(drawn.gammavariate(3, office.days / 6)))
    if decided > notified + timedelta(days=69):
        decided = notified + timedelta(days=69)
    upheld = drawn.random() < office.upholds - (0.1 if cause == "collusion" else 0)
    ends = decided + timedelta(days=drawn.choice((365, 730, 1000)) + 3 * office.days)
    content = {"upheld": upheld, "text": _draw_reasons(drawn, office, case), "ends_on": ends.isoformat()}
    yield "CaseDecided", decided, content | {"by": "B. Example"}
    if upheld:
        yield from _list_later_acts(drawn, case, office, decided)


def _list_later_acts(
    drawn: random.Random, case: int, office: Office, decided: date
) -> Iterator[tuple[str, date, dict[str, Any]]]:
    served = decided + timedelta(days=drawn.randrange(1, 12))
    yield "DecisionServed", served, {"service": "delivered"}
    if drawn.random() < 0.35:
        appealed = served + timedelta(days=drawn.randrange(1, 28))
        yield "AppealFiled", appealed, {"text": "The decision is wrong.", "by": "D. Example", "office": ""}
        if drawn.random() < 0.95:
            content = {
                "upheld": drawn.random() >= office.reversed,
                "text": _draw_reasons(drawn, OFFICES[4], case),
            }
            yield "AppealDecided", appealed + timedelta(days=drawn.randrange(20, 88)), content | {"by": "E. Example"}
    elif drawn.random() < 0.15:
        disputed = served + timedelta(days=drawn.randrange(40, 80))
        yield from _list_dispute_acts(drawn, disputed, case)


def _list_dispute_acts(drawn: random.Random, day: date, case: int) -> Iterator[tuple[str, date, dict[str, Any]]]:
    yield "RecordDisputed", day, {"disputed": case, "text": "The finding is wrong.", "by": "D. Example", "office": ""}
    if drawn.random() < 0.9:
        content = {
            "upheld": drawn.random() < 0.8,
            "text": f"The finding in {case} was looked at again.",
            "by": "B. Example",
        }
        yield "DisputeDecided", day + timedelta(days=drawn.randrange(2, 25)), content


def _draw_reasons(drawn: random.Random, office: Office, case: int) -> str:
    if drawn.random() < office.alike:
        return ALIKE
    fact = f"In the bid of file {case} the {drawn.choice(FACTS)} {drawn.choice(FAULTS)}, as {drawn.choice(WHO)} says."
    return " ".join([fact, *drawn.sample(REMARKS, drawn.randrange(2, 6))])


def main(folder: Path, number: int) -> None:
    """Makes a demonstration register in a folder with so many cases of the last two years."""
    from goodstanding import config

    register = config.RegisterSettings(
        folder=folder.resolve(), demonstration=True, origin="goodstanding.example/oversight"
    )
    config.activate_register(register)
    from goodstanding.portal.accounts.demonstration_accounts import make_demonstration_accounts
    from goodstanding.register.projection.new_register import create_register
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue
    from goodstanding.register.storage.lifecycle import use_register

    create_register(register, NOW)
    with use_register(folder):
        enact_catalogue(build_catalogue(), date(2025, 1, 17), NOW)
        catch_up()
        write_cases(number, date(2025, 1, 20), NOW.date())
        for account in make_demonstration_accounts():
            print(account.name, account.password, account.role, account.scope)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2_000)
