"""Which catalogues there are: those enacted here, and those that come with Goodstanding."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from django.utils.translation import gettext as _

from goodstanding.catalogue import Catalogue, load_catalogue
from goodstanding.catalogue.loader import locate_library_folder
from goodstanding.errors import CatalogueError, NotFound
from goodstanding.register.rules.drafts import find_draft_rules, list_drafts
from goodstanding.register.rules.enacted_catalogues import EnactedCatalogue, list_enacted, list_on_file
from goodstanding.register.rules.legal_basis import find_legal_basis
from goodstanding.web.catalogues.schemas import UncheckedRules

log = logging.getLogger("goodstanding.web")


@dataclass(frozen=True, slots=True)
class LibraryCatalogue:
    """A catalogue, its enactment where it is in force here, and the newer version of it that waits in the library."""

    catalogue: Catalogue
    enacted: EnactedCatalogue | None = None
    newer: int | None = None


@cache
def load_bundled_catalogues() -> Mapping[str, Catalogue]:
    """The catalogues that come with Goodstanding, by name, read once; one that cannot be read is left out and noted."""
    bundled_catalogues = {}
    for folder in sorted(path.parent for path in locate_library_folder().glob("*/catalogue.yaml")):
        try:
            catalogue = load_catalogue(folder)
        except CatalogueError as error:
            log.error("The catalogue in %s is left out. %s", folder.name, error.diagnostics())
        else:
            bundled_catalogues[catalogue.name] = catalogue
    return bundled_catalogues


def list_library_catalogues() -> dict[str, LibraryCatalogue]:
    """Every catalogue by name, in the order of their titles; what is in force here goes before the library."""
    library_catalogues = {
        name: LibraryCatalogue(catalogue)
        for name, catalogue in {**_list_drafted_catalogues(), **load_bundled_catalogues()}.items()
    }
    library_catalogues |= {name: _build_enacted_entry(enacted) for name, enacted in list_enacted().items()}
    return dict(sorted(library_catalogues.items(), key=lambda pair: pair[1].catalogue.title))


def _list_drafted_catalogues() -> dict[str, Catalogue]:
    """The catalogues of which a draft is open, so that the public can read what it may comment on."""
    open_drafts = (draft for draft in list_drafts() if draft.open)
    return {draft.catalogue: rules for draft in open_drafts if (rules := find_draft_rules(draft))}


def _build_enacted_entry(enacted: EnactedCatalogue) -> LibraryCatalogue:
    bundled = load_bundled_catalogues().get(enacted.catalogue.name)
    return LibraryCatalogue(
        enacted.catalogue, enacted, bundled.version if bundled and bundled.version > enacted.catalogue.version else None
    )


def get_library_catalogue(name: str) -> LibraryCatalogue:
    """One catalogue; raises NotFound with the names there are."""
    enacted = list_enacted().get(name)
    if enacted is not None:
        return _build_enacted_entry(enacted)
    if name in (drafted := _list_drafted_catalogues()):
        return LibraryCatalogue(drafted[name])
    if (on_file := list_on_file().get(name)) is not None:  # why nothing follows from it, its page says
        return LibraryCatalogue(on_file.catalogue)
    if name in load_bundled_catalogues():
        return LibraryCatalogue(load_bundled_catalogues()[name])
    remedy = ", ".join(list_library_catalogues()) or "goodstanding catalogue enact NAME"
    raise NotFound(_("There is no catalogue %(name)s here.") % {"name": repr(name)}, remedy=remedy)


@lru_cache(maxsize=512)
def count_unchecked_rules(catalogue: Catalogue) -> UncheckedRules:
    """How many rules of a catalogue rest on a text that nobody compared with them."""
    laws = [law for _place, rule in catalogue.rules() if (law := find_legal_basis(catalogue, rule))]
    return UncheckedRules(rules=len(laws), unchecked=sum(not law.verified for law in laws))


def find_twin_catalogue(catalogue: Catalogue) -> Catalogue | None:
    """The catalogue of the same law in the other mode: the one that it names, or that names it."""
    catalogues_by_name = {
        name: library_catalogue.catalogue for name, library_catalogue in list_library_catalogues().items()
    }
    if catalogue.twin in catalogues_by_name:
        return catalogues_by_name[catalogue.twin]
    return next((candidate for candidate in catalogues_by_name.values() if candidate.twin == catalogue.name), None)
