"""The tree of authorities in this register: as catalogues declare it, and what became of offices since, as events."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from goodstanding.errors import BadInput
from goodstanding.ledger import events
from goodstanding.ledger import store as ledger
from goodstanding.ledger.read_cache import read_cached
from goodstanding.ledger.store import LedgerEntry
from goodstanding.messages import Message, RegisterMessage
from goodstanding.procedure.authority_tree import AuthorityTree
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.register.storage.event_fold import EventFold
from goodstanding.register.storage.event_kinds import AUTHORITY_KINDS, EventKind
from goodstanding.register.storage.lifecycle import load_signer


def load_authority_tree() -> AuthorityTree:
    """Who directs whom, and which office each one is today."""
    return read_cached("offices", _compute_authority_tree)


def _compute_authority_tree() -> AuthorityTree:
    sources = [
        source for enacted_catalogue in list_enacted().values() for source in enacted_catalogue.catalogue.sources
    ]
    above = {source.id: source.above for source in sources if source.above}
    return AuthorityTree(above, {change["office"]: change["into"] for change in list_authority_changes()})


def list_authority_changes() -> list[dict[str, Any]]:
    """What became of offices, oldest first: office, into, day, by, kind."""
    return list(_CHANGES.items().values())


def _fold_change(changes: dict[int, dict[str, Any]], entry: LedgerEntry) -> None:
    changes[entry.position] = events.decode_body((entry.body or "{}").encode())


_CHANGES: EventFold[int, dict[str, Any]] = EventFold(AUTHORITY_KINDS, _fold_change)


@ledger.hold_append_lock()
def append_authority_change(
    office: str, into: str, by: str, day: date, recorded_at: datetime, renumbered: bool = False
) -> AuthorityTree:
    """The tree once an office was merged into another, or got another number; raises BadInput for what cannot be."""
    tree = load_authority_tree()
    office_ids = {
        source.id for enacted_catalogue in list_enacted().values() for source in enacted_catalogue.catalogue.sources
    } | set(tree.successors)
    if office not in office_ids:
        raise BadInput(
            Message(RegisterMessage.OFFICE_UNKNOWN, {"office": office}),
            where="office",
            remedy=", ".join(sorted(office_ids)[:20]),
        )
    if tree.now(office) != office:
        params = {"office": office, "successor": tree.now(office)}
        raise BadInput(Message(RegisterMessage.OFFICE_REPLACED, params), where="office")
    if not by.strip() or tree.now(into) == office:
        raise BadInput(Message(RegisterMessage.OFFICE_REPLACES_ITSELF), where="into")
    content = {"office": office, "into": into, "by": by, "day": day.isoformat()}
    kind = EventKind.AUTHORITY_RENUMBERED if renumbered else EventKind.AUTHORITY_MERGED
    ledger.append([ledger.EventDraft(kind, content)], recorded_at, load_signer())
    return load_authority_tree()
