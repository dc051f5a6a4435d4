"""The sources that this register admitted by events, under the mandate that a catalogue gives to their kind.

SourcesAdmitted     catalogue, sources (id, name, kind, region, above, basis, first_day), by, signed_by, proposal, day
SourceEnded         catalogue, office, day (its last), basis, by, signed_by, proposal
AuthorityRenumbered office, into: the same office under another number, with the mandate that it had
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class SourceAdmissions:
    """What the events say by a ledger size: sources by catalogue and id, new numbers by the position of the event."""

    admitted: Mapping[_Key, AdmittedSource]
    renumberings: Mapping[int, tuple[str, str]]
    size: int | None

    def list_sources(self, catalogue: str) -> tuple[AdmittedSource, ...]:
        """The sources admitted under a catalogue, oldest first, those that ended too."""
        return tuple(
            _forget_later_end(source, self.size)
            for (name, _source_id), source in self.admitted.items()
            if name == catalogue and self._is_known(source.position)
        )

    def extend(self, catalogue: Catalogue) -> Catalogue:
        """The catalogue with the sources that were admitted under it, and those that got another number."""
        if not self.admitted and not self.renumberings:
            return catalogue
        admitted = self.list_sources(catalogue.name)
        added = (*admitted, *self._list_renumbered_sources((*catalogue.sources, *admitted)))
        if not added:
            return catalogue
        cached_sources, extended = _extended.get(catalogue.digest, ((), catalogue))
        if cached_sources != added:
            extended = catalogue.add_sources(added)
            _extended[catalogue.digest] = added, extended
        return extended

    def _list_renumbered_sources(self, sources: tuple[Source, ...]) -> Iterator[Source]:
        renumberings = [change for position, change in self.renumberings.items() if self._is_known(position)]
        sources_by_id = {source.id: source for source in sources} if renumberings else {}
        for office, into in renumberings:
            if office in sources_by_id and into not in sources_by_id:
                sources_by_id[into] = sources_by_id[office].model_copy(update={"id": into})
                yield sources_by_id[into]

    def _is_known(self, position: int) -> bool:
        return self.size is None or position < self.size


def load_source_admissions(size: int | None = None) -> SourceAdmissions:
    """What the events say now, or as it was known at a ledger size."""
    return SourceAdmissions(_ADMITTED.items(), _RENUMBERINGS.items(), size)


def list_admitted_sources(catalogue: str, size: int | None = None) -> tuple[AdmittedSource, ...]:
    """The sources admitted under one catalogue, oldest first."""
    return load_source_admissions(size).list_sources(catalogue)


def _forget_later_end(source: AdmittedSource, size: int | None) -> AdmittedSource:
    if size is None or source.ended_at is None or source.ended_at < size:
        return source
    return source.model_copy(update={"last_day": None, "ended_at": None})


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
