"""Finding subjects by an identifier or by a name that may be misspelt.

Names are found in two steps: the database gives the subjects that share the most of the words' rarest grams, and
`subjects.rank` puts those in order, letter by letter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from goodstanding.register.store import is_postgres, rows
from goodstanding.subjects import SearchPlan, guess, plan, rank
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
class Found:
    """How many subjects were found, at most a few hundred, and the ids of those asked for, best first."""

    total: int
    subject_ids: tuple[int, ...]


def find(words: str, limit: int = 20, offset: int = 0) -> Found:
    """The subjects that `words` mean: those that hold them as an identifier, else those with a name alike."""
    found = identified(words) or _named_like(words)
    return Found(len(found), found[offset : offset + limit])


def _named_like(words: str) -> tuple[int, ...]:
    named = [
        (subject_id, name)
        for subject_id, first, others in candidates(words)
        for name in (first, *others.split("\n"))
        if name
    ]
    return tuple(subject_id for subject_id, _ in rank(words, named, CANDIDATES))


def identified(words: str) -> tuple[int, ...]:
    """The subjects that hold an identifier which `words` can be."""
    texts = [str(identifier) for identifier in guess(words)]
    if not texts:
        return ()
    marks = ", ".join(["%s"] * len(texts))
    return tuple(row[0] for row in rows(f"SELECT DISTINCT subject_id\nFROM identifier\nWHERE text IN ({marks})", texts))


def candidates(words: str) -> list[Candidate]:
    """Subjects with names like `words`, as (id, name, other names one a line), those that share most grams first."""
    postgres = is_postgres()
    asked = plan(words, _postgres_frequencies if postgres else _sqlite_frequencies)
    if not asked.grams:
        return []
    look_up: Callable[[SearchPlan], list[Candidate]] = _postgres_candidates if postgres else _sqlite_candidates
    return look_up(asked)


def _sqlite_frequencies(grams: list[str]) -> dict[str, int]:
    marks = ", ".join(["%s"] * len(grams))
    return dict(rows(_SQLITE_FREQUENCIES.format(marks=marks), grams))


def _sqlite_candidates(asked: SearchPlan) -> list[Candidate]:
    hits = "  UNION ALL".join([_SQLITE_HIT] * len(asked.grams))
    quoted = [f'"{gram}"' for gram in asked.grams]
    weighed = [value for pair in zip(asked.weights, quoted, strict=True) for value in pair]
    return rows(_SQLITE_CANDIDATES.format(hits=hits), [*weighed, CANDIDATE_POOL, asked.letters, CANDIDATES])


def _postgres_frequencies(grams: list[str]) -> dict[str, int]:
    return dict(rows(_POSTGRES_FREQUENCIES, [grams]))


def _postgres_candidates(asked: SearchPlan) -> list[Candidate]:
    shared = " + ".join([_POSTGRES_SHARED] * len(asked.grams))
    weighed = [value for pair in zip(asked.grams, asked.weights, strict=True) for value in pair]
    parameters = [*weighed, list(asked.grams), CANDIDATE_POOL, asked.letters, CANDIDATES]
    return rows(_POSTGRES_CANDIDATES.format(shared=shared), parameters)
