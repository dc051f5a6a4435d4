"""Who is meant: the identifiers and names of subjects, their kinds, and how a misspelt name finds its own."""

from goodstanding.subjects.identifiers import Identifier, guess_identifiers
from goodstanding.subjects.kinds import KINDS, PUBLISHED_KINDS, Kind
from goodstanding.subjects.names import (
    build_search_text,
    build_search_texts,
    list_grams,
    normalise_name,
    repair_encoding,
)
from goodstanding.subjects.person_numbers import find_person_scheme, has_sure_number
from goodstanding.subjects.ranking import SearchPlan, plan_search, rank_names
from goodstanding.subjects.schemes import (
    SCHEMES,
    IdentifierScheme,
    build_own_scheme,
    declare_schemes,
    refuse_if_scheme_name_taken,
)

__all__ = [
    "KINDS",
    "PUBLISHED_KINDS",
    "SCHEMES",
    "Identifier",
    "IdentifierScheme",
    "Kind",
    "SearchPlan",
    "build_own_scheme",
    "build_search_text",
    "build_search_texts",
    "declare_schemes",
    "find_person_scheme",
    "guess_identifiers",
    "has_sure_number",
    "list_grams",
    "normalise_name",
    "plan_search",
    "rank_names",
    "refuse_if_scheme_name_taken",
    "repair_encoding",
]
