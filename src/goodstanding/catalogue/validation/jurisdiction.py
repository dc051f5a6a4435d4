"""Where a catalogue is at home: the calendar whose holidays and weekends are no working days.

Calendars are those of the `holidays` library. It is loaded only when one is asked for, since it takes half a second.
Catalogues in force are not asked: what this program cannot count with stops one catalogue, not the register.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import UnknownKey
from goodstanding.messages import CatalogueMessage, Message

if TYPE_CHECKING:
    from holidays import HolidayBase

SHOWN = 5  # codes that an error offers


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
