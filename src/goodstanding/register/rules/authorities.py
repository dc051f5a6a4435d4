"""The tree of authorities in this register: as catalogues declare it, and what became of offices since, as events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.primitives import AdmittedSource
from goodstanding.errors import BadInput
from goodstanding.ledger import events
from goodstanding.ledger import store as ledger
from goodstanding.ledger.read_cache import read_cached
from goodstanding.ledger.store import LedgerEntry
from goodstanding.messages import Message, RegisterMessage
from goodstanding.procedure.authority_tree import AuthorityTree
from goodstanding.register.rules.enacted_catalogues import list_enacted, list_on_file
from goodstanding.register.storage.event_fold import EventFold
from goodstanding.register.storage.event_kinds import AUTHORITY_KINDS, EventKind
from goodstanding.register.storage.lifecycle import load_signer

NO_GROUNDS: Mapping[str, Any] = MappingProxyType({})


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


def list_office_ids() -> set[str]:
    """Every office that a catalogue in force knows, or that became another one."""
    source_ids = {source.id for enacted in list_enacted().values() for source in enacted.catalogue.sources}
    return source_ids | set(load_authority_tree().successors)


def can_state(office: str, catalogue: Catalogue, record: str, day: date) -> bool:
    """Whether an office may issue records of a type on a day: by its mandate, and while it has become no other one."""
    return load_authority_tree().now(office) == office and catalogue.has_mandate(office, record, day)


def find_last_day(office: str, day: date) -> date | None:
    """The last day of an office, as it is called by now, that is over on a day; None where its mandate goes on.

    What a catalogue itself names goes on; so does an office that became another one, as long as that one does.
    """
    last_day = read_cached("last days of offices", _compute_last_days).get(load_authority_tree().now(office))
    return last_day if last_day and last_day < day else None


def _compute_last_days() -> dict[str, date]:
    """The last day of each office whose mandates all have one."""
    days = defaultdict[str, list[date | None]](list)
    for source in (source for on_file in list_on_file().values() for source in on_file.catalogue.sources):
        days[source.id].append(source.last_day if isinstance(source, AdmittedSource) else None)
    return {office: max(day for day in ends if day) for office, ends in days.items() if all(ends)}


def refuse_if_circular(above: Mapping[str, str], successors: Mapping[str, str]) -> None:
    """Nothing, or BadInput where offices would direct or become one another in a circle: nobody could read the tree."""
    tree = load_authority_tree()
    changed = AuthorityTree({**tree.above, **above}, {**tree.successors, **successors})
    for office in (*above, *successors):
        changed.line(office)


def refuse_if_not_replaceable(office: str, where: str) -> None:
    """Nothing, or BadInput for an office that became another one already."""
    if (successor := load_authority_tree().now(office)) != office:
        raise BadInput(
            Message(RegisterMessage.OFFICE_REPLACED, {"office": office, "successor": successor}), where=where
        )


@ledger.hold_append_lock()
def append_authority_change(
    office: str,
    into: str,
    by: str,
    day: date,
    recorded_at: datetime,
    renumbered: bool = False,
    grounds: Mapping[str, Any] = NO_GROUNDS,
) -> AuthorityTree:
    """The tree once an office was merged into another, or got another number; raises BadInput for what cannot be.

    `grounds` is what the event says beside: on which basis, who signed, and what was proposed.
    """
    office_ids = list_office_ids()
    if office not in office_ids:
        raise BadInput(
            Message(RegisterMessage.OFFICE_UNKNOWN, {"office": office}),
            where="office",
            remedy=", ".join(sorted(office_ids)[:20]),
        )
    refuse_if_not_replaceable(office, "office")
    if not by.strip() or load_authority_tree().now(into) == office:
        raise BadInput(Message(RegisterMessage.OFFICE_REPLACES_ITSELF), where="into")
    content = {"office": office, "into": into, "by": by, "day": day.isoformat(), **grounds}
    kind = EventKind.AUTHORITY_RENUMBERED if renumbered else EventKind.AUTHORITY_MERGED
    ledger.append([ledger.EventDraft(kind, content)], recorded_at, load_signer())
    return load_authority_tree()
