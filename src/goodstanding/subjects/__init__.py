"""Who is meant: the identifiers and names of subjects, their kinds, and how a misspelt name finds its own."""

from goodstanding.subjects.identifiers import Identifier, guess
from goodstanding.subjects.kinds import KINDS, PUBLISHED_KINDS, Kind
from goodstanding.subjects.names import grams, mended, normal, searchable, searchables
from goodstanding.subjects.ranking import SearchPlan, plan, rank
from goodstanding.subjects.schemes import SCHEMES, Scheme, declared

__all__ = [
    "KINDS",
    "PUBLISHED_KINDS",
    "SCHEMES",
    "Identifier",
    "Kind",
    "Scheme",
    "SearchPlan",
    "declared",
    "grams",
    "guess",
    "mended",
    "normal",
    "plan",
    "rank",
    "searchable",
    "searchables",
]
