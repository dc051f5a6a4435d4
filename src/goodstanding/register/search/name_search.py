"""Finding subjects by an identifier or by a name that may be misspelt.

Names are found in two steps: the database gives the subjects that share the most of the words' rarest grams, and
`subjects.rank_names` puts those in order, letter by letter. What narrows a search does so in the first step, before the
names are cut to the nearest few hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.files.public_subjects import build_public_condition
from goodstanding.register.rules.identifier_schemes import list_schemes
from goodstanding.register.storage.connections import is_postgres
from goodstanding.register.storage.queries import fetch_rows
from goodstanding.subjects import SearchPlan, guess_identifiers, plan_search, rank_names
from goodstanding.subjects.ranking import CANDIDATE_POOL, CANDIDATES

Candidate = tuple[int, str, str]

_IDENTIFIED = """
SELECT DISTINCT subject.id
FROM identifier
JOIN subject ON subject.id = identifier.subject_id
WHERE identifier.text IN ({marks})
  AND {is_public}
"""
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
  {narrowed}
  GROUP BY id
  ORDER BY weight DESC, id
  LIMIT %s
)
SELECT subject.id, subject.name, subject.names
FROM shared
JOIN subject ON subject.id = shared.id
WHERE {is_public}
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
  SELECT id, length(searchable) AS letters, {shared} AS weight
  FROM subject
  WHERE grams && %s
  {narrowed}
  ORDER BY weight DESC, id
  LIMIT %s
)
SELECT subject.id, subject.name, subject.names
FROM shared
JOIN subject ON subject.id = shared.id
WHERE {is_public}
ORDER BY shared.weight DESC, abs(shared.letters - %s), subject.id
LIMIT %s
"""
_POSTGRES_SHARED = "(position(%s IN searchable) > 0)::int * %s"


@dataclass(frozen=True, slots=True)
class NameSearchResult:
    """How many subjects were found, at most a few hundred, and the ids of those asked for, best first.

    `complete` says that no further name was left aside unread: then the total is how many there are.
    """

    total: int
    subject_ids: tuple[int, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A condition over the table `subject`, and the values in it; empty where nothing narrows a search."""

    condition: str = ""
    values: Sequence[Any] = ()


EVERYBODY = Narrowing()


def match_subjects(words: str, moment: PointInTime, limit: int = 20, offset: int = 0) -> NameSearchResult:
    """The subjects that `words` mean to the public: those that hold them as an identifier, else with a name alike.

    What names its scheme is an identifier, and no name is like it.
    """
    subject_ids = list_identified_subjects(words, moment)
    if subject_ids or is_identifier(words):
        return NameSearchResult(len(subject_ids), subject_ids[offset : offset + limit])
    matches = match_names(words, moment)
    return replace(matches, subject_ids=matches.subject_ids[offset : offset + limit])


def is_identifier(words: str) -> bool:
    """Whether words name their scheme, as `mx-rfc:…` does: then no name is like them."""
    return ":" in words and bool(guess_identifiers(words, list_schemes()))


def match_names(words: str, moment: PointInTime, narrowing: Narrowing = EVERYBODY) -> NameSearchResult:
    """The subjects whose names are like `words`, of those that a condition leaves, best first."""
    candidates = list_candidates(words, moment, narrowing)
    named = [
        (subject_id, name) for subject_id, first, others in candidates for name in (first, *others.split("\n")) if name
    ]
    subject_ids = tuple(subject_id for subject_id, _ in rank_names(words, named, CANDIDATES))
    return NameSearchResult(len(subject_ids), subject_ids, len(candidates) < CANDIDATES)


def list_identified_subjects(words: str, moment: PointInTime) -> tuple[int, ...]:
    """The subjects, of those that the public finds, that hold an identifier which `words` can be."""
    texts = [str(identifier) for identifier in guess_identifiers(words, list_schemes())]
    if not texts:
        return ()
    is_public, values = build_public_condition(moment)
    statement = _IDENTIFIED.format(marks=", ".join(["%s"] * len(texts)), is_public=is_public)
    return tuple(row[0] for row in fetch_rows(statement, [*texts, *values]))


def list_candidates(words: str, moment: PointInTime, narrowing: Narrowing = EVERYBODY) -> list[Candidate]:
    """Subjects with names like `words`, as (id, name, other names one a line), those that share most grams first."""
    postgres = is_postgres()
    search_plan = plan_search(words, _fetch_postgres_frequencies if postgres else _fetch_sqlite_frequencies)
    if not search_plan.grams:
        return []
    fetch_candidates: Callable[[SearchPlan, PointInTime, Narrowing], list[Candidate]] = (
        _fetch_postgres_candidates if postgres else _fetch_sqlite_candidates
    )
    return fetch_candidates(search_plan, moment, narrowing)


def _fetch_sqlite_frequencies(grams: list[str]) -> dict[str, int]:
    marks = ", ".join(["%s"] * len(grams))
    return dict(fetch_rows(_SQLITE_FREQUENCIES.format(marks=marks), grams))


def _fetch_sqlite_candidates(search_plan: SearchPlan, moment: PointInTime, narrowing: Narrowing) -> list[Candidate]:
    hits = "  UNION ALL".join([_SQLITE_HIT] * len(search_plan.grams))
    quoted = [f'"{gram}"' for gram in search_plan.grams]
    weighed = [value for pair in zip(search_plan.weights, quoted, strict=True) for value in pair]
    is_public, values = build_public_condition(moment)
    narrowed = f"WHERE id IN (SELECT id FROM subject WHERE {narrowing.condition})" if narrowing.condition else ""
    statement = _SQLITE_CANDIDATES.format(hits=hits, is_public=is_public, narrowed=narrowed)
    pooled = [*weighed, *narrowing.values, CANDIDATE_POOL]
    return fetch_rows(statement, [*pooled, *values, search_plan.letters, CANDIDATES])


def _fetch_postgres_frequencies(grams: list[str]) -> dict[str, int]:
    return dict(fetch_rows(_POSTGRES_FREQUENCIES, [grams]))


def _fetch_postgres_candidates(search_plan: SearchPlan, moment: PointInTime, narrowing: Narrowing) -> list[Candidate]:
    shared = " + ".join([_POSTGRES_SHARED] * len(search_plan.grams))
    weighed = [value for pair in zip(search_plan.grams, search_plan.weights, strict=True) for value in pair]
    is_public, values = build_public_condition(moment)
    narrowed = f"AND {narrowing.condition}" if narrowing.condition else ""
    pooled = [*weighed, list(search_plan.grams), *narrowing.values, CANDIDATE_POOL]
    statement = _POSTGRES_CANDIDATES.format(shared=shared, is_public=is_public, narrowed=narrowed)
    return fetch_rows(statement, [*pooled, *values, search_plan.letters, CANDIDATES])
