"""Which catalogues there are: those enacted here, and those that come with Goodstanding."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from goodstanding.catalogue import Catalogue, load
from goodstanding.catalogue.load import library_folder
from goodstanding.errors import CatalogueError, NotFound
from goodstanding.register import catalogues, enactment, words
from goodstanding.register.catalogues import Enacted
from goodstanding.web.shapes.catalogues import Unchecked

log = logging.getLogger("goodstanding.web")


@dataclass(frozen=True, slots=True)
class Known:
    """A catalogue, its enactment where it is in force here, and the newer version of it that waits in the library."""

    catalogue: Catalogue
    enacted: Enacted | None = None
    newer: int | None = None


@cache
def come_with() -> Mapping[str, Catalogue]:
    """The catalogues that come with Goodstanding, by name, read once; one that cannot be read is left out and noted."""
    found = {}
    for folder in sorted(path.parent for path in library_folder().glob("*/catalogue.yaml")):
        try:
            catalogue = load(folder)
        except CatalogueError as error:
            log.error("The catalogue in %s is left out. %s", folder.name, error.diagnostics())
        else:
            found[catalogue.name] = catalogue
    return found


def known() -> dict[str, Known]:
    """Every catalogue by name, in the order of their titles; what is in force here goes before the library."""
    held = {name: Known(one) for name, one in {**_drafted(), **come_with()}.items()}
    held |= {name: _enacted(one) for name, one in catalogues.enacted().items()}
    return dict(sorted(held.items(), key=lambda pair: pair[1].catalogue.title))


def _drafted() -> dict[str, Catalogue]:
    """The catalogues of which a draft is open, so that the public can read what it may comment on."""
    return {draft.catalogue: enactment.rules_of(draft) for draft in enactment.drafts() if draft.open}


def _enacted(one: Enacted) -> Known:
    other = come_with().get(one.catalogue.name)
    return Known(one.catalogue, one, other.version if other and other.version > one.catalogue.version else None)


def get(name: str) -> Known:
    """One catalogue; raises NotFound with the names there are."""
    held = catalogues.enacted().get(name)
    if held is not None:
        return _enacted(held)
    if name in (drafted := _drafted()):
        return Known(drafted[name])
    if name in come_with():
        return Known(come_with()[name])
    remedy = ", ".join(known()) or "goodstanding catalogue enact NAME"
    raise NotFound(f"There is no catalogue {name!r} here.", remedy=remedy)


@lru_cache(maxsize=512)
def unchecked(catalogue: Catalogue) -> Unchecked:
    """How many rules of a catalogue rest on a text that nobody compared with them."""
    laws = [law for _place, rule in catalogue.rules() if (law := words.law(catalogue, rule))]
    return Unchecked(rules=len(laws), unchecked=sum(not law.verified for law in laws))


def twin_of(catalogue: Catalogue) -> Catalogue | None:
    """The catalogue of the same law in the other mode: the one that it names, or that names it."""
    held = {name: one.catalogue for name, one in known().items()}
    if catalogue.twin in held:
        return held[catalogue.twin]
    return next((one for one in held.values() if one.twin == catalogue.name), None)
