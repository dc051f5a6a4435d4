"""The tree of authorities in this register: as catalogues declare it, and what became of offices since, as events."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from goodstanding.errors import BadInput
from goodstanding.ledger import events
from goodstanding.ledger import store as ledger
from goodstanding.ledger.look import once
from goodstanding.procedure.offices import Offices
from goodstanding.register import catalogues
from goodstanding.register.opening import signer

MERGED, RENUMBERED = "AuthorityMerged", "AuthorityRenumbered"


def offices() -> Offices:
    """Who directs whom, and which office each one is today."""
    return once("offices", _offices)


def _offices() -> Offices:
    sources = [one for held in catalogues.enacted().values() for one in held.catalogue.sources]
    above = {one.id: one.above for one in sources if one.above}
    return Offices(above, {change["office"]: change["into"] for change in changes()})


def changes() -> list[dict[str, Any]]:
    """What became of offices, oldest first: office, into, day, by, kind."""
    return [events.decode(entry.body.encode()) for entry in ledger.of_kinds((MERGED, RENUMBERED)) if entry.body]


@ledger.alone()
def become(office: str, into: str, by: str, day: date, recorded_at: datetime, renumbered: bool = False) -> Offices:
    """The tree once an office was merged into another, or got another number; raises BadInput for what cannot be."""
    tree = offices()
    known = {one.id for held in catalogues.enacted().values() for one in held.catalogue.sources} | set(tree.became)
    if office not in known:
        raise BadInput(f"No catalogue in force knows {office}.", where="office", remedy=", ".join(sorted(known)[:20]))
    if tree.now(office) != office:
        raise BadInput(f"{office} is {tree.now(office)} already.", where="office", remedy=tree.now(office))
    if not by.strip() or tree.now(into) == office:
        raise BadInput("An office cannot become itself, and somebody says so.", where="into", remedy="another office")
    content = {"office": office, "into": into, "by": by, "day": day.isoformat()}
    ledger.append([ledger.Draft(RENUMBERED if renumbered else MERGED, content)], recorded_at, signer())
    return offices()
