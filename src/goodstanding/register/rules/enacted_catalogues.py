"""The catalogues enacted in this register, read from its ledger: their rules are ledger content too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from goodstanding import charter
from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.validation.jurisdiction import refuse_if_calendar_unknown, refuse_if_place_unclear
from goodstanding.catalogue.validation.scheme_continuity import refuse_if_schemes_differ
from goodstanding.catalogue.validation.scheme_names import refuse_if_identifiers_unclear
from goodstanding.errors import CatalogueError, NotFound, UnknownFeed, UnknownList
from goodstanding.ledger import store as ledger
from goodstanding.messages import Message, RegisterMessage
from goodstanding.procedure.calendars import Calendar
from goodstanding.register.rules.dry_run import refuse_if_failing
from goodstanding.register.rules.enactment_history import find_enactment, list_enactment_faults, list_ends
from goodstanding.register.rules.filed_rules import read_rules
from goodstanding.register.rules.source_admissions import load_source_admissions
from goodstanding.register.storage.columns import ColumnStore
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.lifecycle import load_signer
from goodstanding.register.storage.queries import fetch_rows
from goodstanding.register.storage.types import DAY, NUMBER, TEXT, build_schema
from goodstanding.standing import RuleVersion, join_versions

_NEWEST = "SELECT digest FROM enactment"
_ENACTED = "SELECT position, catalogue, version, digest, day FROM enactment ORDER BY position"
_COLUMNS = build_schema(position=NUMBER, catalogue=TEXT, digest=TEXT, day=DAY)


@dataclass(frozen=True, slots=True)
class EnactedCatalogue:
    """A catalogue in force in this register: since which event, and since which day."""

    position: int
    day: date
    catalogue: Catalogue

    @property
    def first_day(self) -> date:
        """The first day of the conduct that it applies to, whether it is milder or not."""
        return max(self.day, self.catalogue.in_force)


def enact_catalogue(catalogue: Catalogue, day: date, recorded_at: datetime) -> int:
    """Puts a catalogue into force by an event with its files and the charter's version; the ledger size after it.

    A version that is in force already changes nothing; the same version with other rules, and one that the charter
    refuses, are refused.
    """
    refuse_if_breached(catalogue)
    if not is_new_catalogue(catalogue):
        return ledger.get_ledger_size()
    refuse_if_place_unclear(catalogue)
    refuse_if_schemes_unfit(catalogue)
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


def refuse_if_schemes_unfit(catalogue: Catalogue) -> None:
    """Nothing, or CatalogueError for identifiers that cannot be, or are not what they are on file here."""
    refuse_if_identifiers_unclear(catalogue)
    on_file = {name: enacted_catalogue.catalogue for name, enacted_catalogue in list_on_file().items()}
    refuse_if_schemes_differ(catalogue, on_file)


def refuse_if_breached(catalogue: Catalogue) -> None:
    """Nothing, or CharterBreached for what a catalogue breaches by itself, or together with those in force here."""
    charter.refuse_if_breached(catalogue)
    charter.refuse_if_stacked(catalogue, (enacted_catalogue.catalogue for enacted_catalogue in list_enacted().values()))


def list_enacted(size: int | None = None) -> dict[str, EnactedCatalogue]:
    """The catalogues in force, by name: the newest version of each (of those enacted before a ledger size).

    A catalogue that fails the charter is not among them, whoever enacted it and whatever is stored (article 22), nor
    one that was put into force without its proceeding (article 23), or whose newest version cannot be read.
    """
    stopped = list_stopped_catalogues(size)
    return {
        name: enacted_catalogue
        for name, enacted_catalogue in list_on_file(size).items()
        if name not in stopped and _gives_outcomes(enacted_catalogue.position, enacted_catalogue.catalogue)
    }


def list_on_file(size: int | None = None) -> dict[str, EnactedCatalogue]:
    """The newest version of each that can be read, with the sources admitted under it by events.

    Also those that give no outcome: their records keep their names.
    """
    admissions = load_source_admissions(size)
    return {
        name: EnactedCatalogue(position, _parse_day(day), _end(position, admissions.extend(catalogue), size))
        for position, name, _, digest, day in _fetch_enactments(size)
        if isinstance(catalogue := read_rules(position, digest), Catalogue)
    }


def _end(position: int, catalogue: Catalogue, size: int | None) -> Catalogue:
    """The rules with the day on which they were taken out of force, where that is before the end that they set."""
    enactment = find_enactment(position, size)
    if enactment is None or (day := enactment.ends_on) is None or (catalogue.until and catalogue.until <= day):
        return catalogue
    return catalogue.model_copy(update={"until": day})


def list_stopped_catalogues(size: int | None = None) -> dict[str, CatalogueError]:
    """Why the newest version of a catalogue cannot be read: that one gives no outcome, and the others go on."""
    newest = {name: (position, digest) for position, name, _, digest, _day_said in _fetch_enactments(size)}
    return {
        name: problem
        for name, (position, digest) in newest.items()
        if isinstance(problem := read_rules(position, digest), CatalogueError)
    }


def list_catalogue_problems() -> dict[str, CatalogueError]:
    """Why catalogues on file have no effect, or cannot do their work, by name."""
    names = dict.fromkeys(name for _position, name, *_ in _fetch_enactments(None))
    return {name: problem for name in names if (problem := find_catalogue_problem(name)) is not None}


def find_catalogue_problem(name: str) -> CatalogueError | None:
    """Why the newest version of a catalogue has no effect or cannot do its work: what reads, assesses or runs it fails.

    Of rules that were taken out of force nobody expects work.
    """
    enactments = [row for row in _fetch_enactments(None) if row[1] == name]
    if not enactments or name in list_ends():
        return None
    position, _name, _version, digest, _day = enactments[-1]
    rules = read_rules(position, digest)
    if isinstance(rules, CatalogueError):
        return rules
    if faults := list_enactment_faults(position, rules):
        return CatalogueError(faults[0], where=f"ledger position {position}")
    try:
        for refuse in (charter.refuse_if_breached, refuse_if_calendar_unknown, refuse_if_failing):
            refuse(rules)
    except CatalogueError as problem:
        return problem
    return None


def _fetch_enactments(size: int | None) -> list[tuple[Any, ...]]:
    return [row for row in fetch_rows(_ENACTED) if size is None or row[0] < size]


def _gives_outcomes(position: int, catalogue: Catalogue) -> bool:
    """Whether the charter refuses nothing of the rules (article 22) nor of how they were put into force (23)."""
    is_sound = catalogue.mode == "live" and charter.assess(catalogue).holds
    return is_sound and not list_enactment_faults(position, catalogue)


def list_rule_versions_in(store: ColumnStore) -> dict[str, list[RuleVersion]]:
    """The versions by which effects are worked out inside the transaction that brings the projection up to date.

    By name, oldest first; none of a catalogue whose newest version gives no outcome.
    """
    enactments = ((row["position"], row["catalogue"], row["digest"], row["day"]) for row in _read_enactments(store))
    return _build_rule_versions(enactments, None)


def list_rule_versions(size: int | None = None) -> dict[str, list[RuleVersion]]:
    """The same for whoever asks, of the catalogues enacted before a ledger size."""
    enactments = ((position, name, digest, day) for position, name, _, digest, day in _fetch_enactments(size))
    return _build_rule_versions(enactments, size)


def _build_rule_versions(
    enactments: Iterable[tuple[int, str, str, date | str]], size: int | None
) -> dict[str, list[RuleVersion]]:
    admissions = load_source_admissions(size)  # who may move a case depends on the kind of who states it
    versions: dict[str, list[RuleVersion]] = {}
    newest: dict[str, bool] = {}
    for position, name, digest, day in enactments:
        catalogue = read_rules(position, digest)
        if newest_holds := isinstance(catalogue, Catalogue) and _gives_outcomes(position, catalogue):
            assert isinstance(catalogue, Catalogue)
            rules = _end(position, admissions.extend(catalogue), size)
            versions.setdefault(name, []).append(RuleVersion(max(_parse_day(day), catalogue.in_force), rules))
        newest[name] = newest_holds
    return {name: join_versions(of_name) for name, of_name in versions.items() if newest[name]}


def list_catalogue_versions_in(store: ColumnStore) -> dict[str, list[EnactedCatalogue]]:
    """Every version put into force by which a case can be heard, by name, oldest first."""
    rows = _read_enactments(store)
    return _group_versions((row["position"], row["catalogue"], row["digest"], row["day"]) for row in rows)


def list_catalogue_versions() -> dict[str, list[EnactedCatalogue]]:
    """The same for whoever asks, each with the sources admitted under it by events."""
    admissions = load_source_admissions()
    enactments = ((position, name, digest, day) for position, name, _, digest, day in _fetch_enactments(None))
    return {
        name: [replace(version, catalogue=admissions.extend(version.catalogue)) for version in versions]
        for name, versions in _group_versions(enactments).items()
    }


def _read_enactments(store: ColumnStore) -> list[dict[str, Any]]:
    return list(store.read(_ENACTED, _COLUMNS).to_pylist())


def _group_versions(enactments: Iterable[tuple[int, str, str, date | str]]) -> dict[str, list[EnactedCatalogue]]:
    versions_by_name: dict[str, list[EnactedCatalogue]] = {}
    for position, name, digest, day in enactments:
        catalogue = read_rules(position, digest)
        if isinstance(catalogue, Catalogue) and _gives_outcomes(position, catalogue) and can_count_days(catalogue):
            versions_by_name.setdefault(name, []).append(EnactedCatalogue(position, _parse_day(day), catalogue))
    return versions_by_name


def can_count_days(catalogue: Catalogue) -> bool:
    """Whether the program has the calendar by which deadlines under a catalogue run."""
    return Calendar.of(catalogue.calendar).is_known()


def _parse_day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def get_enacted(name: str) -> EnactedCatalogue:
    """One catalogue in force; raises NotFound with the names there are."""
    enacted_by_name = list_enacted()
    if name not in enacted_by_name:
        raise NotFound(
            Message(RegisterMessage.CATALOGUE_NOT_IN_FORCE, {"name": repr(name)}), remedy=", ".join(enacted_by_name)
        )
    return enacted_by_name[name]


def get_feed(name: str) -> tuple[Catalogue, Feed]:
    """The feed of that name and its catalogue; raises UnknownFeed with the nearest there is, or all."""
    feeds = {
        key: (enacted_catalogue.catalogue, feed_rule)
        for enacted_catalogue in list_enacted().values()
        for key, feed_rule in enacted_catalogue.catalogue.feeds.items()
    }
    if name not in feeds:
        near = get_close_matches(name, feeds, n=1) or feeds
        raise UnknownFeed(Message(RegisterMessage.FEED_UNKNOWN, {"name": repr(name)}), remedy=", ".join(near))
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
