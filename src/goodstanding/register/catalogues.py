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
from goodstanding.register.opening import signer
from goodstanding.register.store import NUMBER, TEXT, Columns, rows, schema

_NEWEST = "SELECT digest FROM enactment"
_ENACTED = "SELECT position, catalogue, version, digest, day FROM enactment ORDER BY position"
_COLUMNS = schema(position=NUMBER, catalogue=TEXT, digest=TEXT)


@dataclass(frozen=True, slots=True)
class Enacted:
    """A catalogue in force in this register: since which event, and since which day."""

    position: int
    day: date
    catalogue: Catalogue


def enact(catalogue: Catalogue, day: date, recorded_at: datetime) -> int:
    """Puts a catalogue into force by an event with its files and the charter's version; the ledger size after it.

    A version that is in force already changes nothing; the same version with other rules, and one that the charter
    refuses, are refused.
    """
    charter.refuse(catalogue)
    if not is_new(catalogue):
        return ledger.size()
    refuse_version(catalogue)
    content = {
        "name": catalogue.name,
        "version": catalogue.version,
        "digest": catalogue.digest,
        "day": day.isoformat(),
        "files": catalogue.files,
        "charter": charter.VERSION,
    }
    return ledger.append([ledger.Draft("CatalogueEnacted", content)], recorded_at, signer()).size


def is_new(catalogue: Catalogue) -> bool:
    """Whether other rules than these, or none, are in force under the catalogue's name."""
    return _held(catalogue.name) != catalogue.digest


def _held(name: str) -> str | None:
    found: list[tuple[str]] = rows(f"{_NEWEST} WHERE catalogue = %s ORDER BY position DESC LIMIT 1", [name])
    return found[0][0] if found else None


def refuse_version(catalogue: Catalogue) -> None:
    """Nothing, or CatalogueError where the version that is in force is no older one."""
    found = rows("SELECT max(version) FROM enactment WHERE catalogue = %s", [catalogue.name])[0][0]
    if found is not None and found >= catalogue.version:
        remedy = f"version: {found + 1}"
        raise CatalogueError(f"{catalogue.name} is in force in version {found} with other rules.", remedy=remedy)


def enacted(size: int | None = None) -> dict[str, Enacted]:
    """The catalogues in force, by name: the newest version of each (of those enacted before a ledger size).

    A catalogue that fails the charter is not among them, whoever enacted it and whatever is stored (article 22).
    """
    return {name: one for name, one in on_file(size).items() if _satisfies(one.catalogue)}


def on_file(size: int | None = None) -> dict[str, Enacted]:
    """The same with those that fail the charter: they give no outcome, but their records keep their names."""
    found = [row for row in rows(_ENACTED) if size is None or row[0] < size]
    return {name: Enacted(position, _day(day), _rules(position, digest)) for position, name, _, digest, day in found}


def _satisfies(catalogue: Catalogue) -> bool:
    return catalogue.mode == "live" and charter.assess(catalogue).holds


def enacted_in(store: Columns) -> Mapping[str, Catalogue]:
    """The same inside the transaction that is bringing the projection up to date."""
    found = store.read(_ENACTED, _COLUMNS).to_pylist()
    held = {row["catalogue"]: _rules(row["position"], row["digest"]) for row in found}
    return {name: catalogue for name, catalogue in held.items() if _satisfies(catalogue)}


def versions_in(store: Columns) -> dict[str, list[tuple[int, Catalogue]]]:
    """Every version put into force that satisfies the charter, by name, each with the position of its event."""
    found: dict[str, list[tuple[int, Catalogue]]] = {}
    for row in store.read(_ENACTED, _COLUMNS).to_pylist():
        catalogue = _rules(row["position"], row["digest"])
        if _satisfies(catalogue):
            found.setdefault(row["catalogue"], []).append((row["position"], catalogue))
    return found


def versions() -> dict[str, list[tuple[int, Catalogue]]]:
    """The same for whoever asks."""
    found: dict[str, list[tuple[int, Catalogue]]] = {}
    for position, name, _, digest, _day_said in rows(_ENACTED):
        catalogue = _rules(position, digest)
        if _satisfies(catalogue):
            found.setdefault(name, []).append((position, catalogue))
    return found


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


@lru_cache(maxsize=256)
def _rules(position: int, digest: str) -> Catalogue:
    body = next(ledger.read(position, position + 1)).body
    if body is None:
        raise CatalogueError("The enacted files were erased.", where=f"ledger position {position}")
    catalogue = load_files(events.decode(body.encode())["files"])
    if catalogue.digest != digest:
        raise CatalogueError("The enacted files are not those of the digest.", where=f"ledger position {position}")
    return catalogue


def get(name: str) -> Enacted:
    """One catalogue in force; raises NotFound with the names there are."""
    held = enacted()
    if name not in held:
        raise NotFound(
            f"No catalogue {name!r} is in force here.", remedy=", ".join(held) or "goodstanding catalogue enact NAME"
        )
    return held[name]


def feed(name: str) -> tuple[Catalogue, Feed]:
    """The feed of that name and its catalogue; raises UnknownFeed with the feeds there are."""
    held = {key: (one.catalogue, value) for one in enacted().values() for key, value in one.catalogue.feeds.items()}
    if name not in held:
        raise UnknownFeed(
            f"No catalogue in force has a feed {name!r}.", remedy=", ".join(held) or "enact a catalogue first"
        )
    return held[name]


def list_rule(name: str) -> tuple[Catalogue, str]:
    """The list of that name (`list` or `catalogue/list`) and its catalogue; raises UnknownList."""
    held = {}
    for one in enacted().values():
        for key in one.catalogue.lists:
            held[f"{one.catalogue.name}/{key}"] = held[key] = (one.catalogue, key)
    if name not in held:
        known = ", ".join(key for key in held if "/" not in key)
        raise UnknownList(
            f"No catalogue in force has a list {name!r}.", remedy=known or "enact a catalogue with a list"
        )
    return held[name]
