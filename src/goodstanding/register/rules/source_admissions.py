"""The sources that this register admitted by events, under the mandate that a catalogue gives to their kind.

SourcesAdmitted     catalogue, sources (id, name, kind, region, above, basis, first_day), by, signed_by, proposal, day
SourceEnded         catalogue, office, day (its last), basis, by, signed_by, proposal
AuthorityRenumbered office, into: the same office under another number, with the mandate that it had
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.primitives import AdmittedSource, Source
from goodstanding.ledger import events
from goodstanding.ledger.store import LedgerEntry
from goodstanding.register.storage.event_fold import EventFold
from goodstanding.register.storage.event_kinds import EventKind

_Key = tuple[str, str]  # name of the catalogue, and the source's id
_extended: dict[str, tuple[tuple[Source, ...], Catalogue]] = {}  # by digest, the newest


def list_admitted_sources(catalogue: str, size: int | None = None) -> tuple[AdmittedSource, ...]:
    """The sources admitted under a catalogue, oldest first, those that ended too; as known at a ledger size."""
    return tuple(
        _forget_later_end(source, size)
        for (name, _source_id), source in _ADMITTED.items().items()
        if name == catalogue and (size is None or source.position < size)
    )


def _forget_later_end(source: AdmittedSource, size: int | None) -> AdmittedSource:
    if size is None or source.ended_at is None or source.ended_at < size:
        return source
    return source.model_copy(update={"last_day": None, "ended_at": None})


def add_admitted_sources(catalogue: Catalogue, size: int | None = None) -> Catalogue:
    """The catalogue with the sources that the register admitted under it, and those that got another number."""
    admitted = list_admitted_sources(catalogue.name, size)
    added = (*admitted, *_list_renumbered_sources((*catalogue.sources, *admitted), size))
    if not added:
        return catalogue
    cached_sources, extended = _extended.get(catalogue.digest, ((), catalogue))
    if cached_sources != added:
        extended = catalogue.add_sources(added)
        _extended[catalogue.digest] = added, extended
    return extended


def _list_renumbered_sources(sources: tuple[Source, ...], size: int | None) -> Iterator[Source]:
    renumberings = [change for position, change in _RENUMBERINGS.items().items() if size is None or position < size]
    sources_by_id = {source.id: source for source in sources} if renumberings else {}
    for office, into in renumberings:
        if office in sources_by_id and into not in sources_by_id:
            sources_by_id[into] = sources_by_id[office].model_copy(update={"id": into})
            yield sources_by_id[into]


def _fold_admission(admitted: dict[_Key, AdmittedSource], entry: LedgerEntry) -> None:
    body = _read_body(entry)
    if entry.kind == EventKind.SOURCES_ADMITTED:
        for source in body["sources"]:
            admitted[body["catalogue"], source["id"]] = AdmittedSource(**source, position=entry.position)
    elif (key := (body["catalogue"], body["office"])) in admitted:
        end = {"last_day": date.fromisoformat(body["day"]), "ended_at": entry.position}
        admitted[key] = admitted[key].model_copy(update=end)


def _fold_renumbering(renumberings: dict[int, tuple[str, str]], entry: LedgerEntry) -> None:
    body = _read_body(entry)
    renumberings[entry.position] = body["office"], body["into"]


def _read_body(entry: LedgerEntry) -> dict[str, Any]:
    return events.decode_body((entry.body or "{}").encode())


_ADMITTED: EventFold[_Key, AdmittedSource] = EventFold(
    (EventKind.SOURCES_ADMITTED, EventKind.SOURCE_ENDED), _fold_admission
)
_RENUMBERINGS: EventFold[int, tuple[str, str]] = EventFold((EventKind.AUTHORITY_RENUMBERED,), _fold_renumbering)
