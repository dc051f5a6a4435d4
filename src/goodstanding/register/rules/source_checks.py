"""A change of sources, and what it must satisfy, when it is proposed and again when it is signed."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum

import msgspec

from goodstanding.access import Role
from goodstanding.catalogue import Catalogue
from goodstanding.errors import BadInput
from goodstanding.messages import Message, RegisterMessage
from goodstanding.plain_text import normalize_name, remove_name_marks
from goodstanding.procedure.local_days import compute_local_day
from goodstanding.register.rules.authorities import list_office_ids, refuse_if_circular, refuse_if_not_replaceable
from goodstanding.register.rules.enacted_catalogues import get_enacted, list_enacted
from goodstanding.register.rules.source_admissions import list_admitted_sources
from goodstanding.register.storage.event_text import LONGEST_REASON, check_event_line

MOST_LINES = 1_000
_EARLIEST = date(1800, 1, 1)
_YEARS_AHEAD = 2
_ID = re.compile(r"[^\s/]+")
_OPTIONAL_LINES = ("region", "above")


class SourceAct(StrEnum):
    """What is done to sources."""

    ADMIT = "admit"
    END = "end"
    MERGE = "merge"
    RENUMBER = "renumber"


class AdmissionLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """One source to be admitted: from which day, and on which legal basis or decision."""

    id: str
    name: str
    kind: str
    first_day: date
    basis: str
    region: str = ""
    above: str = ""


class SourceChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is to be done: to `sources` that are admitted under a catalogue, or to an office and what it becomes."""

    act: SourceAct
    catalogue: str = ""
    sources: tuple[AdmissionLine, ...] = ()
    office: str = ""
    into: str = ""
    day: date | None = None
    basis: str = ""


def check_source_change(change: SourceChange, recorded_at: datetime) -> SourceChange:
    """The change with its texts as they are kept; raises BadInput, or NotFound for a catalogue that is not in force."""
    if change.act is SourceAct.ADMIT:
        return _check_admission(change, recorded_at)
    basis = check_event_line(change.basis, "basis", LONGEST_REASON)
    change = msgspec.structs.replace(change, basis=basis, office=check_event_line(change.office, "office"))
    if change.day is None:
        raise BadInput(Message(RegisterMessage.SOURCE_DAY_UNREADABLE, {"day": "''"}), where="day")
    if change.act is SourceAct.END:
        return _check_end(change, change.day)
    return _check_succession(change, change.day, recorded_at)


def _check_admission(change: SourceChange, recorded_at: datetime) -> SourceChange:
    catalogue = get_enacted(change.catalogue).catalogue
    if not catalogue.admissions:
        raise BadInput(Message(RegisterMessage.CATALOGUE_ADMITS_NONE, {"catalogue": catalogue.name}), where="catalogue")
    if not 0 < len(change.sources) <= MOST_LINES:
        params = {"number": len(change.sources), "most": f"{MOST_LINES:,}"}
        raise BadInput(Message(RegisterMessage.ADMISSIONS_OUT_OF_BOUNDS, params), where="sources")
    lines = tuple(_check_line(line, number, catalogue) for number, line in enumerate(change.sources, 1))
    _refuse_if_known(lines, catalogue)
    refuse_if_circular({line.id: line.above for line in lines if line.above}, {})
    _refuse_if_far_days(lines, compute_local_day(recorded_at, catalogue))
    return SourceChange(act=SourceAct.ADMIT, catalogue=catalogue.name, sources=lines)


def _check_line(line: AdmissionLine, number: int, catalogue: Catalogue) -> AdmissionLine:
    place = f"sources, line {number}"
    if line.kind not in catalogue.admissions:
        params = {"catalogue": catalogue.name, "kind": repr(line.kind[:50]), "kinds": ", ".join(catalogue.admissions)}
        raise BadInput(Message(RegisterMessage.SOURCE_KIND_NOT_ADMITTED, params), where=place)
    texts = {name: normalize_name(getattr(line, name)) for name in _OPTIONAL_LINES}
    checked = {name: check_event_line(text, f"{place}, {name}") for name, text in texts.items() if text}
    above = checked.pop("above", catalogue.admissions[line.kind].above)
    return AdmissionLine(
        id=_clean_id(line.id, f"{place}, id"),
        name=check_event_line(normalize_name(remove_name_marks(line.name)), f"{place}, name"),
        kind=line.kind,
        first_day=line.first_day,
        basis=check_event_line(line.basis, f"{place}, basis", LONGEST_REASON),
        above=above,
        **checked,
    )


def _clean_id(text: str, where: str) -> str:
    """A source's id as it is kept: one word, as keys and addresses have it; a part that people play is none."""
    source_id = check_event_line(normalize_name(remove_name_marks(text)), where)
    if source_id.casefold() in tuple(Role) or not _ID.fullmatch(source_id):
        raise BadInput(Message(RegisterMessage.SOURCE_ID_RESERVED, {"source": source_id}), where=where)
    return source_id


def _refuse_if_known(lines: tuple[AdmissionLine, ...], catalogue: Catalogue) -> None:
    """Nothing, or BadInput where an id stands there already, in capitals or not, or was another office's."""
    taken = {source.id.casefold() for source in catalogue.sources}
    for number, line in enumerate(lines, 1):
        params = {"source": line.id, "catalogue": catalogue.name}
        if line.id.casefold() in taken:
            raise BadInput(Message(RegisterMessage.SOURCE_KNOWN_ALREADY, params), where=f"sources, line {number}")
        refuse_if_not_replaceable(line.id, f"sources, line {number}")
        taken.add(line.id.casefold())


def _refuse_if_far_days(lines: tuple[AdmissionLine, ...], today: date) -> None:
    last = today.replace(year=today.year + _YEARS_AHEAD, day=min(today.day, 28))
    for number, line in enumerate(lines, 1):
        if not _EARLIEST <= line.first_day <= last:
            params = {"day": line.first_day, "first": _EARLIEST, "last": last}
            raise BadInput(Message(RegisterMessage.SOURCE_DAY_TOO_FAR, params), where=f"sources, line {number}")


def _check_end(change: SourceChange, day: date) -> SourceChange:
    admitted = {source.id: source for source in list_admitted_sources(change.catalogue)}
    params = {"source": change.office, "catalogue": change.catalogue}
    if change.office not in admitted:
        code = RegisterMessage.SOURCE_NOT_ADMITTED_BY_EVENT
        raise BadInput(Message(code, params), where="office", remedy=", ".join(list(admitted)[:20]) or None)
    source = admitted[change.office]
    if source.last_day is not None:
        code = RegisterMessage.SOURCE_ENDED_ALREADY
        raise BadInput(Message(code, params | {"day": source.last_day}), where="office")
    if source.first_day and day < source.first_day:
        code = RegisterMessage.SOURCE_ENDS_BEFORE_ITS_BEGIN
        raise BadInput(Message(code, params | {"day": source.first_day}), where="day")
    return SourceChange(
        act=change.act, catalogue=change.catalogue, office=change.office, day=day, basis=change.basis
    )  # fmt: skip


def _check_succession(change: SourceChange, day: date, recorded_at: datetime) -> SourceChange:
    clean = _clean_id if change.act is SourceAct.RENUMBER else check_event_line
    into, office_ids = clean(change.into, "into"), list_office_ids()
    today = max(compute_local_day(recorded_at, enacted.catalogue) for enacted in list_enacted().values())
    if day > today or day < _EARLIEST:
        raise BadInput(Message(RegisterMessage.SOURCE_DAY_NOT_PAST, {"day": day, "today": today}), where="day")
    if change.act is SourceAct.MERGE and into not in office_ids:
        raise BadInput(Message(RegisterMessage.OFFICE_UNKNOWN, {"office": into}), where="into")
    if change.act is SourceAct.RENUMBER and into.casefold() in {office.casefold() for office in office_ids}:
        raise BadInput(Message(RegisterMessage.OFFICE_NUMBER_TAKEN, {"office": into}), where="into")
    refuse_if_circular({}, {change.office: into})
    return SourceChange(act=change.act, office=change.office, into=into, day=day, basis=change.basis)
