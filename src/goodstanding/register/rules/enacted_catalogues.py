"""The catalogues enacted in this register, read from its ledger: their rules are ledger content too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches

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
from goodstanding.register.rules.enactment_history import list_enactment_faults, list_ends
from goodstanding.register.rules.filed_rules import EnactedCatalogue as EnactedCatalogue
from goodstanding.register.rules.filed_rules import (
    FiledEnactment,
    assess_enactments,
    end_rules,
    list_in_force_beside,
    read_rules,
)
from goodstanding.register.rules.source_admissions import load_source_admissions
from goodstanding.register.storage.columns import ColumnStore
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.lifecycle import load_signer
from goodstanding.register.storage.queries import fetch_rows
from goodstanding.register.storage.types import DAY, NUMBER, TEXT, build_schema
from goodstanding.standing import RuleVersion, join_versions

_NEWEST = "SELECT digest FROM enactment"
_ENACTED = "SELECT position, catalogue, digest, day FROM enactment ORDER BY position"
_COLUMNS = build_schema(position=NUMBER, catalogue=TEXT, digest=TEXT, day=DAY)


def enact_catalogue(catalogue: Catalogue, day: date, recorded_at: datetime) -> int:
    """Puts a catalogue into force by an event with its files and the charter's version; the ledger size after it.

    A version that is in force already changes nothing; the same version with other rules, and one that the charter
    refuses, are refused.
    """
    refuse_if_breached(catalogue, day)
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


def refuse_if_breached(catalogue: Catalogue, day: date) -> None:
    """Nothing, or CharterBreached for what a catalogue in force from a day on breaches, alone or with those here."""
    charter.refuse_if_breached(catalogue)
    enacted = EnactedCatalogue(ledger.get_ledger_size(), day, catalogue)
    charter.refuse_if_stacked(catalogue, list_in_force_beside(enacted, list_enacted().values()))


def list_enacted(size: int | None = None) -> dict[str, EnactedCatalogue]:
    """The catalogues in force, by name: the newest version of each (of those enacted before a ledger size).

    A catalogue that fails the charter is not among them, whoever enacted it and whatever is stored (article 22), nor
    one that restricts what another one did before it (article 7), that was put into force without its proceeding
    (article 23), or whose newest version cannot be read.
    """
    admissions = load_source_admissions(size)
    filed = _list_filed(size)
    newest = {name: position for position, name, *_ in filed}
    effective = {enacted.position: enacted for enacted in _list_effective(filed, size)}
    return {
        name: replace(enacted, catalogue=admissions.extend(enacted.catalogue))
        for name, position in newest.items()
        if (enacted := effective.get(position))
    }


def list_on_file(size: int | None = None) -> dict[str, EnactedCatalogue]:
    """The newest version of each that can be read, with the sources admitted under it by events.

    Also those that give no outcome: their records keep their names.
    """
    admissions = load_source_admissions(size)
    return {
        name: EnactedCatalogue(position, day, end_rules(position, admissions.extend(catalogue), size))
        for position, name, digest, day in _list_filed(size)
        if isinstance(catalogue := read_rules(position, digest), Catalogue)
    }


def list_rules_on_file(name: str) -> list[Catalogue]:
    """Every version of a catalogue that was put into force and can be read, oldest first, whatever became of it."""
    rules = (read_rules(position, digest) for position, other, digest, _day in _list_filed() if other == name)
    return [catalogue for catalogue in rules if isinstance(catalogue, Catalogue)]


def list_catalogue_problems() -> dict[str, CatalogueError]:
    """Why catalogues on file have no effect, or cannot do their work, by name."""
    names = dict.fromkeys(name for _position, name, *_ in _list_filed())
    return {name: problem for name in names if (problem := find_catalogue_problem(name)) is not None}


def find_catalogue_problem(name: str) -> CatalogueError | None:
    """Why the newest version of a catalogue has no effect or cannot do its work: what reads, assesses or runs it fails.

    Of rules that were taken out of force nobody expects work.
    """
    enactments = [row for row in _list_filed() if row[1] == name]
    if not enactments or name in list_ends():
        return None
    position, _name, digest, _day = enactments[-1]
    rules = read_rules(position, digest)
    if isinstance(rules, CatalogueError):
        return rules
    if faults := list_enactment_faults(position, rules):
        return CatalogueError(faults[0], where=f"ledger position {position}")
    if breaches := list_breaches_beside(position):
        return CatalogueError(breaches[0].reason, where=f"ledger position {position}")
    try:
        for refuse in (charter.refuse_if_breached, refuse_if_calendar_unknown, refuse_if_failing):
            refuse(rules)
    except CatalogueError as problem:
        return problem
    return None


def _list_filed(size: int | None = None) -> list[FiledEnactment]:
    rows = fetch_rows(_ENACTED)
    return [(position, *names, _parse_day(day)) for position, *names, day in rows if size is None or position < size]


def _list_effective(enactments: Iterable[FiledEnactment], size: int | None = None) -> list[EnactedCatalogue]:
    """The enactments that give outcomes, oldest first: the charter refuses nothing of them, alone or together."""
    return [enacted for enacted, breaches in assess_enactments(enactments, size) if not breaches]


def list_breaches_beside(position: int) -> tuple[charter.Breach, ...]:
    """What the rules that the event at a position put into force breach together with those in force before them."""
    assessed = assess_enactments(_list_filed())
    return next((breaches for enacted, breaches in assessed if enacted.position == position), ())


def list_rule_versions_in(store: ColumnStore) -> dict[str, list[RuleVersion]]:
    """The versions by which effects are worked out inside the transaction that brings the projection up to date.

    By name, oldest first; none of a catalogue whose newest version gives no outcome.
    """
    return _build_rule_versions(_read_filed(store), None)


def list_rule_versions(size: int | None = None) -> dict[str, list[RuleVersion]]:
    """The same for whoever asks, of the catalogues enacted before a ledger size."""
    return _build_rule_versions(_list_filed(size), size)


def _build_rule_versions(filed: Sequence[FiledEnactment], size: int | None) -> dict[str, list[RuleVersion]]:
    admissions = load_source_admissions(size)  # who may move a case depends on the kind of who states it
    effective = _list_effective(filed, size)
    newest = {name: position for position, name, *_ in filed}
    return {
        name: join_versions(
            [RuleVersion(version.first_day, admissions.extend(version.catalogue)) for version in versions]
        )
        for name, versions in _group_by_name(effective).items()
        if versions[-1].position == newest[name]
    }


def find_rules_of_version(newest: Catalogue, version: int) -> Catalogue:
    """The rules of a version from which something follows, as far as they can be read; else the newest ones."""
    if version == newest.version:
        return newest
    for position, name, digest, _day in _list_filed():
        rules = read_rules(position, digest) if name == newest.name else None
        if isinstance(rules, Catalogue) and rules.version == version:
            return load_source_admissions().extend(rules)
    return newest


def list_catalogue_versions_in(store: ColumnStore) -> dict[str, list[EnactedCatalogue]]:
    """Every version put into force by which a case can be heard, by name, oldest first."""
    return _group_by_name(filter(_can_count_days, _list_effective(_read_filed(store))))


def list_catalogue_versions() -> dict[str, list[EnactedCatalogue]]:
    """The same for whoever asks, each with the sources admitted under it by events."""
    admissions = load_source_admissions()
    versions = filter(_can_count_days, _list_effective(_list_filed()))
    return _group_by_name(replace(version, catalogue=admissions.extend(version.catalogue)) for version in versions)


def _read_filed(store: ColumnStore) -> list[FiledEnactment]:
    rows = store.read(_ENACTED, _COLUMNS).to_pylist()
    return [(row["position"], row["catalogue"], row["digest"], _parse_day(row["day"])) for row in rows]


def _group_by_name(versions: Iterable[EnactedCatalogue]) -> dict[str, list[EnactedCatalogue]]:
    versions_by_name: dict[str, list[EnactedCatalogue]] = {}
    for version in versions:
        versions_by_name.setdefault(version.catalogue.name, []).append(version)
    return versions_by_name


def _can_count_days(version: EnactedCatalogue) -> bool:
    return can_count_days(version.catalogue)


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
