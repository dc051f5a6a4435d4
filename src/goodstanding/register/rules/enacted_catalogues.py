"""The catalogues enacted in this register, read from its ledger: their rules are ledger content too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from goodstanding import charter
from goodstanding.catalogue import Catalogue, load_files
from goodstanding.catalogue.feeds import Feed
from goodstanding.errors import CatalogueError, NotFound, UnknownFeed, UnknownList
from goodstanding.ledger import events
from goodstanding.ledger import store as ledger
from goodstanding.messages import Message, RegisterMessage
from goodstanding.register.storage.columns import ColumnStore
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.lifecycle import load_signer
from goodstanding.register.storage.queries import fetch_rows
from goodstanding.register.storage.types import NUMBER, TEXT, build_schema

_NEWEST = "SELECT digest FROM enactment"
_ENACTED = "SELECT position, catalogue, version, digest, day FROM enactment ORDER BY position"
_COLUMNS = build_schema(position=NUMBER, catalogue=TEXT, digest=TEXT)


@dataclass(frozen=True, slots=True)
class EnactedCatalogue:
    """A catalogue in force in this register: since which event, and since which day."""

    position: int
    day: date
    catalogue: Catalogue


def enact_catalogue(catalogue: Catalogue, day: date, recorded_at: datetime) -> int:
    """Puts a catalogue into force by an event with its files and the charter's version; the ledger size after it.

    A version that is in force already changes nothing; the same version with other rules, and one that the charter
    refuses, are refused.
    """
    charter.refuse_if_breached(catalogue)
    if not is_new_catalogue(catalogue):
        return ledger.get_ledger_size()
    refuse_if_not_newer(catalogue)
    content = {
        "name": catalogue.name,
        "version": catalogue.version,
        "digest": catalogue.digest,
        "day": day.isoformat(),
        "files": catalogue.files,
        "charter": charter.VERSION,
    }
    return ledger.append([ledger.EventDraft(EventKind.CATALOGUE_ENACTED, content)], recorded_at, load_signer()).size


def is_new_catalogue(catalogue: Catalogue) -> bool:
    """Whether other rules than these, or none, are in force under the catalogue's name."""
    return _find_digest_in_force(catalogue.name) != catalogue.digest


def _find_digest_in_force(name: str) -> str | None:
    digest_rows: list[tuple[str]] = fetch_rows(f"{_NEWEST} WHERE catalogue = %s ORDER BY position DESC LIMIT 1", [name])
    return digest_rows[0][0] if digest_rows else None


def refuse_if_not_newer(catalogue: Catalogue) -> None:
    """Nothing, or CatalogueError where the version that is in force is no older one."""
    version = fetch_rows("SELECT max(version) FROM enactment WHERE catalogue = %s", [catalogue.name])[0][0]
    if version is not None and version >= catalogue.version:
        params = {"catalogue": catalogue.name, "version": version, "next_version": version + 1}
        raise CatalogueError(Message(RegisterMessage.CATALOGUE_NOT_NEWER, params))


def list_enacted(size: int | None = None) -> dict[str, EnactedCatalogue]:
    """The catalogues in force, by name: the newest version of each (of those enacted before a ledger size).

    A catalogue that fails the charter is not among them, whoever enacted it and whatever is stored (article 22).
    """
    return {
        name: enacted_catalogue
        for name, enacted_catalogue in list_on_file(size).items()
        if _satisfies_charter(enacted_catalogue.catalogue)
    }


def list_on_file(size: int | None = None) -> dict[str, EnactedCatalogue]:
    """The same with those that fail the charter: they give no outcome, but their records keep their names."""
    enactment_rows = [row for row in fetch_rows(_ENACTED) if size is None or row[0] < size]
    return {
        name: EnactedCatalogue(position, _parse_day(day), _load_rules(position, digest))
        for position, name, _, digest, day in enactment_rows
    }


def _satisfies_charter(catalogue: Catalogue) -> bool:
    return catalogue.mode == "live" and charter.assess(catalogue).holds


def list_enacted_in(store: ColumnStore) -> Mapping[str, Catalogue]:
    """The same inside the transaction that is bringing the projection up to date."""
    enactment_rows = store.read(_ENACTED, _COLUMNS).to_pylist()
    catalogues_by_name = {row["catalogue"]: _load_rules(row["position"], row["digest"]) for row in enactment_rows}
    return {name: catalogue for name, catalogue in catalogues_by_name.items() if _satisfies_charter(catalogue)}


def list_catalogue_versions_in(store: ColumnStore) -> dict[str, list[tuple[int, Catalogue]]]:
    """Every version put into force that satisfies the charter, by name, each with the position of its event."""
    versions_by_name: dict[str, list[tuple[int, Catalogue]]] = {}
    for row in store.read(_ENACTED, _COLUMNS).to_pylist():
        catalogue = _load_rules(row["position"], row["digest"])
        if _satisfies_charter(catalogue):
            versions_by_name.setdefault(row["catalogue"], []).append((row["position"], catalogue))
    return versions_by_name


def list_catalogue_versions() -> dict[str, list[tuple[int, Catalogue]]]:
    """The same for whoever asks."""
    versions_by_name: dict[str, list[tuple[int, Catalogue]]] = {}
    for position, name, _, digest, _day_said in fetch_rows(_ENACTED):
        catalogue = _load_rules(position, digest)
        if _satisfies_charter(catalogue):
            versions_by_name.setdefault(name, []).append((position, catalogue))
    return versions_by_name


def _parse_day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


@lru_cache(maxsize=256)
def _load_rules(position: int, digest: str) -> Catalogue:
    body = next(ledger.read_entries(position, position + 1)).body
    if body is None:
        raise CatalogueError(Message(RegisterMessage.ENACTED_FILES_ERASED), where=f"ledger position {position}")
    catalogue = load_files(events.decode_body(body.encode())["files"])
    if catalogue.digest != digest:
        raise CatalogueError(Message(RegisterMessage.ENACTED_FILES_DIFFER), where=f"ledger position {position}")
    return catalogue


def get_enacted(name: str) -> EnactedCatalogue:
    """One catalogue in force; raises NotFound with the names there are."""
    enacted_by_name = list_enacted()
    if name not in enacted_by_name:
        raise NotFound(
            Message(RegisterMessage.CATALOGUE_NOT_IN_FORCE, {"name": repr(name)}), remedy=", ".join(enacted_by_name)
        )
    return enacted_by_name[name]


def get_feed(name: str) -> tuple[Catalogue, Feed]:
    """The feed of that name and its catalogue; raises UnknownFeed with the feeds there are."""
    feeds = {
        key: (enacted_catalogue.catalogue, feed_rule)
        for enacted_catalogue in list_enacted().values()
        for key, feed_rule in enacted_catalogue.catalogue.feeds.items()
    }
    if name not in feeds:
        raise UnknownFeed(Message(RegisterMessage.FEED_UNKNOWN, {"name": repr(name)}), remedy=", ".join(feeds))
    return feeds[name]


def get_list_rule(name: str) -> tuple[Catalogue, str]:
    """The list of that name (`list` or `catalogue/list`) and its catalogue; raises UnknownList."""
    lists = {}
    for enacted_catalogue in list_enacted().values():
        for key in enacted_catalogue.catalogue.lists:
            lists[f"{enacted_catalogue.catalogue.name}/{key}"] = lists[key] = (enacted_catalogue.catalogue, key)
    if name not in lists:
        list_names = ", ".join(key for key in lists if "/" not in key)
        raise UnknownList(Message(RegisterMessage.LIST_UNKNOWN, {"name": repr(name)}), remedy=list_names)
    return lists[name]
