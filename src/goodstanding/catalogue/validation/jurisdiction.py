"""Where a catalogue is at home: whose holidays and weekends are no working days, and where its days begin and end.

Calendars are those of the `holidays` library. It is loaded only when one is asked for, since it takes half a second.
Time zones, and which of them a country has, are those of the IANA database. Catalogues in force are not refused: what
this program cannot count with stops one catalogue, not the register, and an older one may not name its time zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from functools import cache
from importlib.resources import files as package_files
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import CatalogueError, UnknownKey
from goodstanding.messages import CatalogueMessage, Message

if TYPE_CHECKING:
    from holidays import HolidayBase

SHOWN = 5  # codes that an error offers
UTC_NAME = "UTC"
ZONES_BY_LAW = {"CN": "Asia/Shanghai"}  # where the database lists a customary one beside it
_FIRST_WEEK = datetime(2025, 1, 1, tzinfo=UTC)


def load_holidays(country: str, region: str | None = None, years: Iterable[int] = ()) -> HolidayBase:
    """The holidays of these years, for whoever asks alone; raises UnknownKey for a calendar that there is not."""
    import holidays

    try:
        return holidays.country_holidays(country, subdiv=region, years=years, expand=False)
    except NotImplementedError:
        code = "-".join(filter(None, (country, region)))
        raise UnknownKey(
            Message(CatalogueMessage.CALENDAR_UNKNOWN, {"name": repr(code)}), remedy=_suggest_calendars(country, region)
        ) from None


def _suggest_calendars(country: str, region: str | None) -> str:
    """The calendars with the nearest codes: of the country where there is such a one, else of all."""
    import holidays

    regions = holidays.list_supported_countries()
    if country in regions:
        names = [country, *(f"{country}-{name}" for name in regions[country])]
        return ", ".join(get_close_matches(f"{country}-{region}", names[1:], n=SHOWN, cutoff=0.5) or names[:SHOWN])
    codes = [code for code in regions if len(code) == len(country)]
    return ", ".join(get_close_matches(country, codes, n=SHOWN, cutoff=0.5))


def list_time_zones(catalogue: Catalogue) -> tuple[ZoneInfo, ...]:
    """The time zone that a catalogue names; without one those of its calendar's country, or UTC where it has none."""
    country = catalogue.calendar.partition("-")[0]
    names = (catalogue.time_zone,) if catalogue.time_zone else list_zones_of_country(country) or (UTC_NAME,)
    return tuple(map(_get_time_zone, names))


@cache
def list_zones_of_country(country: str) -> tuple[str, ...]:
    """The names of a country's time zones by its ISO code, in the database's order; none for no country.

    Of zones that differ in the past alone, as those of Germany and Argentina do, only the first is named.
    """
    if country in ZONES_BY_LAW:
        return (ZONES_BY_LAW[country],)
    table = (package_files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    first_names = dict[tuple[timedelta | None, ...], str]()
    for code, _place, name, *_note in rows:
        if code == country:
            first_names.setdefault(_list_offsets(name), name)
    return tuple(first_names.values())


def _list_offsets(name: str) -> tuple[timedelta | None, ...]:
    """How far a zone was from UTC in each week of two years: those that agree in all are one."""
    weeks = (_FIRST_WEEK + timedelta(weeks=number) for number in range(104))
    return tuple(week.astimezone(_get_time_zone(name)).utcoffset() for week in weeks)


def _get_time_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such zone, no name of a zone, a folder of zones
        near = ", ".join(get_close_matches(name, sorted(available_timezones()), n=SHOWN, cutoff=0.5))
        raise UnknownKey(Message(CatalogueMessage.TIME_ZONE_UNKNOWN, {"name": repr(name)}), remedy=near) from None


def refuse_if_place_unclear(catalogue: Catalogue) -> None:
    """Nothing, or CatalogueError for a calendar or a time zone that there is not, or that several may be."""
    refuse_if_calendar_unknown(catalogue)
    try:
        zones = list_time_zones(catalogue)
    except UnknownKey as error:
        raise UnknownKey(error.coded or "", where=_locate(catalogue, "time_zone"), remedy=error.remedy) from None
    country = catalogue.calendar.partition("-")[0]
    if len(zones) > 1 or (country and not catalogue.time_zone and not list_zones_of_country(country)):
        params = {"calendar": catalogue.calendar, "names": ", ".join(zone.key for zone in zones[:SHOWN])}
        raise CatalogueError(Message(CatalogueMessage.TIME_ZONE_OPEN, params), where=_locate(catalogue, "calendar"))


def refuse_if_calendar_unknown(catalogue: Catalogue) -> None:
    """Nothing, or UnknownKey where a catalogue names a calendar that the library does not have."""
    country, _dash, region = catalogue.calendar.partition("-")
    if not country:
        return
    try:
        load_holidays(country, region or None)
    except UnknownKey as error:
        raise UnknownKey(error.coded or "", where=_locate(catalogue, "calendar"), remedy=error.remedy) from None


def _locate(catalogue: Catalogue, key: str) -> str:
    from goodstanding.catalogue.compiler.compilation import places_of  # reads YAML, which nobody else needs

    return places_of(catalogue).of("catalogue.yaml", (key,))
