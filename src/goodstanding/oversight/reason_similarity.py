"""Near-identical reasons: decisions of one source under one list that say the same, or nearly, though cases differ."""

from __future__ import annotations

import heapq
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from rapidfuzz import fuzz, process

from goodstanding.ledger import store as ledger
from goodstanding.oversight.cases.case_tables import CaseTables
from goodstanding.oversight.count_tables import CountTable
from goodstanding.register.storage.event_kinds import EventKind

ALIKE = 92  # of a hundred, by rapidfuzz's token_sort_ratio
LONGEST = 4_000  # letters of a text that are compared
SKETCH, RUN = 16, 3  # a text is looked for by so many of its runs of words, each so long
COMMON = 100  # a run that so many different texts share belongs to their form, and tells none apart
AT_ONCE = 20_000
SHARED, OWN = "shared", "own"
COUNTED = EventKind.CASE_DECIDED
_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"[0-9]+")
_DECISIONS = f"""
SELECT position, case_position, source, catalogue, listed, act.act
FROM act
JOIN cases USING (case_position)
WHERE act.act IN ('{EventKind.CASE_DECIDED}', '{EventKind.APPEAL_DECIDED}', '{EventKind.DISPUTE_DECIDED}',
    '{EventKind.REPAIR_DECIDED}', '{EventKind.INTERIM_HEARD}')
  AND day >= $since
  AND day < $until
  AND day <= $at
ORDER BY position
"""


@dataclass(frozen=True, slots=True)
class ReasonCluster:
    """Decisions whose reasons are the same or nearly: how the first of them reads, and the cases, oldest first."""

    source: str
    listed: str
    act: str
    text: str
    cases: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReasonSimilarity:
    """By source, decisions on cases that share their reasons with another and those that do not; clusters of all."""

    counts: CountTable
    clusters: tuple[ReasonCluster, ...]


def compare_reasons(tables: CaseTables) -> ReasonSimilarity:
    """The reasons of all decisions of a window; what was erased is like nothing."""
    groups: dict[tuple[str, str, str], list[tuple[int, str]]] = defaultdict(list)
    for case, source, listed, act, text in _read_decisions(tables):
        groups[source, listed, act].append((case, text))
    clusters, counts = list[ReasonCluster](), list[tuple[str, str, int]]()
    for (source, listed, act), decisions in groups.items():
        for members in group_similar_texts([text for _case, text in decisions]):
            shared = len(members) > 1 and bool(decisions[members[0]][1].strip())
            if act == COUNTED:
                counts.append((source, SHARED if shared else OWN, len(members)))
            if shared:
                cases = tuple(decisions[at][0] for at in members)
                clusters.append(ReasonCluster(source, listed, act, decisions[members[0]][1], cases))
    clusters.sort(key=lambda cluster: (-len(cluster.cases), cluster.source, cluster.cases))
    return ReasonSimilarity(CountTable.of((SHARED, OWN), counts), tuple(clusters))


def _read_decisions(tables: CaseTables) -> Iterator[tuple[int, str, str, str, str]]:
    decision_rows = tables.ask(_DECISIONS)
    for first in range(0, len(decision_rows), AT_ONCE):
        part = decision_rows[first : first + AT_ONCE]
        events = ledger.read_bodies_at([row[0] for row in part]).to_pylist()
        texts = {row["position"]: str(json.loads(row["body"] or "{}").get("text", "")) for row in events}
        for position, case, source, catalogue, listed, act in part:
            yield case, source, f"{catalogue}/{listed}", act, texts.get(position, "")


def group_similar_texts(texts: Sequence[str]) -> list[list[int]]:
    """The texts in groups, by their number: each is like the first of its group, to ALIKE of a hundred, or the same.

    Figures count as the same, so that a date or an amount does not tell two texts apart. A text is compared only with
    the first ones that share a run of words with it, unless most share that, and whose length permits it.
    """
    same: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        same[normalise_text(text)].append(number)
    groups: dict[str, list[int]] = {}
    texts_by_run: dict[int, list[str]] = defaultdict(list)
    for words, numbers in same.items():
        runs = _sketch_text(words)
        first = _find_similar_text(
            _sort_words(words),
            {candidate for run in runs if len(texts_by_run[run]) < COMMON for candidate in texts_by_run[run]},
        )
        if first is None:
            first = _sort_words(words)
            groups.setdefault(first, [])
            for run in runs:
                if len(texts_by_run[run]) < COMMON:
                    texts_by_run[run].append(first)
        groups[first] += numbers
    return [sorted(numbers) for numbers in groups.values()]


def normalise_text(text: str) -> str:
    """A text as it is compared: its words in small letters, every figure as 0."""
    words = _WORD.findall(_FIGURE.sub("0", text.casefold())[:LONGEST])
    return " ".join(words)


def _sort_words(words: str) -> str:
    return " ".join(sorted(words.split()))


def _sketch_text(words: str) -> list[int]:
    """The least sums of a text's runs of words: texts that are nearly the same nearly always share some."""
    parts = words.split() or [""]
    length = RUN if len(parts) > RUN * 2 else 1
    if length == 1 and len(words) > len(parts) * 8:  # words without spaces between them, as in Chinese
        parts, length = list(words), RUN
    runs = {" ".join(parts[at : at + length]) for at in range(len(parts) - length + 1)}
    return heapq.nsmallest(SKETCH, (crc32(run.encode()) for run in runs))


def _find_similar_text(text: str, candidates: Iterable[str]) -> str | None:
    """The nearest of some sorted texts, if it is alike; those that differ too much in length cannot be."""
    most = (200 - ALIKE) / ALIKE
    near = sorted(
        candidate
        for candidate in candidates
        if len(text) <= most * len(candidate) and len(candidate) <= most * len(text)
    )
    match = process.extractOne(text, near, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return match[0] if match else None
