"""Finding a name that may be misspelt: which grams to look up, and in which order to show what they bring.

A wrong letter spoils at most four of a name's grams (two neighbours exchanged), so the name that was meant shares most
of the others. The rarest few are cheap to look up; the subjects that share the most of them are then compared with the
words asked, letter by letter.

Measured among the 266,859 names of the United Kingdom's food establishments: of 10,000 drawn at random and asked for
with one letter replaced, left out, put in or exchanged with its neighbour, 98.8 % are among the first ten found (97.5 %
of those with two letters exchanged); asked for without an error, all are. Half of the others are names of three to five
letters, where one error spoils nearly every gram.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from goodstanding.subjects.names import build_search_text, list_query_grams, normalise_name

CANDIDATE_GRAMS = 6
"""How many of the words' rarest grams are looked up: 4 find 92.4 % of misspelt names, 5 97.4 %, 6 and 8 98.8 %."""

CANDIDATE_POSTINGS = 20_000
"""How many subjects these may bring, counted once a gram, so that a larger register is no slower; two always count.

10,000 find 97.6 % of misspelt names."""

CANDIDATE_POOL = CANDIDATE_POSTINGS // 2
"""How many subjects, those that share most, are compared by the length of their names.

So many that a name which shares two or more grams of the look-up, and all of them, is never left out."""

CANDIDATES = 500
"""How many of these, those nearest in length, are compared letter by letter: 200 find 98.2 %, 1,000 98.9 %."""

QUERY_LETTERS = 200
"""Words beyond this length are not read; longer names are still found by their beginning."""

LEAST_SCORE = 54.0
"""Names that score less are not shown; one wrong letter in three scores 60."""

Key = TypeVar("Key", bound=Hashable)
Frequencies = Callable[[list[str]], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """What to look up for some words: grams, rarest first, what sharing each weighs, and the length to be near.

    `letters` is the length of the words' searchable text. No grams: nobody has a name like these words.
    """

    grams: tuple[str, ...]
    weights: tuple[int, ...]
    letters: int


def plan_search(words: str, frequencies: Frequencies) -> SearchPlan:
    """The look-up for `words`; `frequencies` tells for grams how many subjects have each (0, or left out, for none)."""
    read = words[:QUERY_LETTERS]
    looked_for = list(list_query_grams(read))
    counts = frequencies(looked_for) if looked_for else {}
    chosen: dict[str, int] = {}
    for count, gram in sorted((count, gram) for gram, count in counts.items() if count > 0)[:CANDIDATE_GRAMS]:
        if len(chosen) >= 2 and sum(chosen.values()) + count > CANDIDATE_POSTINGS:
            break
        chosen[gram] = count
    return SearchPlan(tuple(chosen), tuple(map(_weigh_gram, chosen.values())), len(build_search_text([read])))


def _weigh_gram(count: int) -> int:
    """A rare gram weighs a little more than a common one, never as much as two."""
    return max(125, round(240 - 10 * math.log(count)))


def rank_names(words: str, candidates: Iterable[tuple[Key, str]], limit: int) -> list[tuple[Key, float]]:
    """The keys whose names are nearest to `words`, best first, with their scores: at most `limit`, none below CLOSE.

    100: the same normal spelling. From 90: a name that holds all the words, whole. Below: names alike in letters.
    A key with several names counts by its best; of equal scores the shorter name comes first.
    """
    query = normalise_name(words[:QUERY_LETTERS])
    spelled = [(key, normalise_name(name)) for key, name in candidates]
    scores = _score_names(query, list(dict.fromkeys(name for _, name in spelled if name))) if query else {}
    best: dict[Key, tuple[float, int, str]] = {}
    for key, name in spelled:
        if name in scores:
            place = (-scores[name], len(name), name)
            best[key] = min(best.get(key, place), place)
    first = sorted(best.items(), key=lambda entry: entry[1])[:limit]
    return [(key, -place[0]) for key, place in first]


def _score_names(query: str, names: list[str]) -> dict[str, float]:
    """The score of each name that comes near enough to be shown."""
    scores = {name: 0.9 * alike for name, alike in _compare_letters(query, names).items() if 0.9 * alike >= LEAST_SCORE}
    words = set(_split_words(query))
    for name in names:
        if name == query:
            scores[name] = 100.0
        elif words.issubset(_split_words(name)):
            in_order = 5 if f" {query} " in f" {name} " else 0
            scores[name] = 90 + in_order + 4.5 * min(1.0, len(query) / len(name))
    return scores


def _split_words(name: str) -> list[str]:
    """The words of a normal spelling; where characters run on without spaces, their pairs."""
    return name.split() if name.isascii() else build_search_text([name]).split()


def _compare_letters(query: str, names: list[str]) -> dict[str, float]:
    """The best of three likenesses, 0 to 100: the whole name, its words in any order, a part of a longer name."""
    from rapidfuzz import fuzz, process  # for whoever ranks names alone: identifiers are read by every command
    from rapidfuzz.distance import OSA

    whole = process.extract(query, names, scorer=OSA.normalized_similarity, limit=None)
    alike = {name: 100 * score for name, score, _ in whole}
    for name, score, _ in process.extract(query, names, scorer=fuzz.token_sort_ratio, limit=None):
        alike[name] = max(alike[name], 0.95 * score)
    longer = [name for name in names if len(name) > len(query)]
    for name, score, _ in process.extract(query, longer, scorer=fuzz.partial_ratio, limit=None):
        alike[name] = max(alike[name], 0.8 * score + 10 * len(query) / len(name))
    return alike
