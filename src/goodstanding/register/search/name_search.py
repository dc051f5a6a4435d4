"""Finding subjects by an identifier or by a name that may be misspelt.

Names are found in two steps: the database gives the subjects that share the most of the words' rarest grams, and
`subjects.rank_names` puts those in order, letter by letter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from goodstanding.register.storage.connections import is_postgres
from goodstanding.register.storage.queries import fetch_rows
from goodstanding.subjects import SearchPlan, guess_identifiers, plan_search, rank_names
from goodstanding.subjects.ranking import CANDIDATE_POOL, CANDIDATES

Candidate = tuple[int, str, str]

_SQLITE_FREQUENCIES = """
SELECT term, doc
FROM subject_gram
WHERE term IN ({marks})
"""
_SQLITE_HIT = """
  SELECT rowid AS id, %s AS weight
  FROM subject_search
  WHERE subject_search MATCH %s
"""
_SQLITE_CANDIDATES = """
WITH
hit AS (            -- one row for each gram that a subject shares
{hits}
),
shared AS (         -- those that share the most, the rarer the grams the better
  SELECT id, sum(weight) AS weight
  FROM hit
  GROUP BY id
  ORDER BY weight DESC, id
  LIMIT %s
)
SELECT subject.id, subject.name, subject.names
FROM shared
JOIN subject ON subject.id = shared.id
ORDER BY shared.weight DESC, abs(length(subject.searchable) - %s), subject.id
LIMIT %s
"""
_POSTGRES_FREQUENCIES = """
SELECT gram, n
FROM gram
WHERE gram = ANY(%s)
"""
_POSTGRES_CANDIDATES = """
WITH
shared AS (         -- those that share the most grams, the rarer the better
  SELECT id, name, names, length(searchable) AS letters, {shared} AS weight
  FROM subject
  WHERE grams && %s
  ORDER BY weight DESC, id
  LIMIT %s
)
SELECT id, name, names
FROM shared
ORDER BY weight DESC, abs(letters - %s), id
LIMIT %s
"""
_POSTGRES_SHARED = "(position(%s IN searchable) > 0)::int * %s"


@dataclass(frozen=True, slots=True)
class NameSearchResult:
    """How many subjects were found, at most a few hundred, and the ids of those asked for, best first."""

    total: int
    subject_ids: tuple[int, ...]


def match_subjects(words: str, limit: int = 20, offset: int = 0) -> NameSearchResult:
    """The subjects that `words` mean: those that hold them as an identifier, else those with a name alike."""
    subject_ids = list_identified_subjects(words) or _search_names(words)
    return NameSearchResult(len(subject_ids), subject_ids[offset : offset + limit])


def _search_names(words: str) -> tuple[int, ...]:
    named = [
        (subject_id, name)
        for subject_id, first, others in list_candidates(words)
        for name in (first, *others.split("\n"))
        if name
    ]
    return tuple(subject_id for subject_id, _ in rank_names(words, named, CANDIDATES))


def list_identified_subjects(words: str) -> tuple[int, ...]:
    """The subjects that hold an identifier which `words` can be."""
    texts = [str(identifier) for identifier in guess_identifiers(words)]
    if not texts:
        return ()
    marks = ", ".join(["%s"] * len(texts))
    return tuple(
        row[0] for row in fetch_rows(f"SELECT DISTINCT subject_id\nFROM identifier\nWHERE text IN ({marks})", texts)
    )


def list_candidates(words: str) -> list[Candidate]:
    """Subjects with names like `words`, as (id, name, other names one a line), those that share most grams first."""
    postgres = is_postgres()
    search_plan = plan_search(words, _fetch_postgres_frequencies if postgres else _fetch_sqlite_frequencies)
    if not search_plan.grams:
        return []
    fetch_candidates: Callable[[SearchPlan], list[Candidate]] = (
        _fetch_postgres_candidates if postgres else _fetch_sqlite_candidates
    )
    return fetch_candidates(search_plan)


def _fetch_sqlite_frequencies(grams: list[str]) -> dict[str, int]:
    marks = ", ".join(["%s"] * len(grams))
    return dict(fetch_rows(_SQLITE_FREQUENCIES.format(marks=marks), grams))


def _fetch_sqlite_candidates(search_plan: SearchPlan) -> list[Candidate]:
    hits = "  UNION ALL".join([_SQLITE_HIT] * len(search_plan.grams))
    quoted = [f'"{gram}"' for gram in search_plan.grams]
    weighed = [value for pair in zip(search_plan.weights, quoted, strict=True) for value in pair]
    return fetch_rows(_SQLITE_CANDIDATES.format(hits=hits), [*weighed, CANDIDATE_POOL, search_plan.letters, CANDIDATES])


def _fetch_postgres_frequencies(grams: list[str]) -> dict[str, int]:
    return dict(fetch_rows(_POSTGRES_FREQUENCIES, [grams]))


def _fetch_postgres_candidates(search_plan: SearchPlan) -> list[Candidate]:
    shared = " + ".join([_POSTGRES_SHARED] * len(search_plan.grams))
    weighed = [value for pair in zip(search_plan.grams, search_plan.weights, strict=True) for value in pair]
    parameters = [*weighed, list(search_plan.grams), CANDIDATE_POOL, search_plan.letters, CANDIDATES]
    return fetch_rows(_POSTGRES_CANDIDATES.format(shared=shared), parameters)
