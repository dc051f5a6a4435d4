"""Unusual reading of files by officials: signs for the overseer to ask about, never proof of anything.

Each official is compared with peers of the same role by a robust distance from their median (Iglewicz and Hoaglin, How
to Detect and Handle Outliers, 1993). What is said here names officials, so it is for the overseer alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean, median

from goodstanding.register.store import rows

UNUSUAL, PEERS = 3.5, 5
NIGHT_FROM, NIGHT_TO = 22, 6  # hours of UTC
HOME = 20  # a region is an office's own if one in so many of its records is about somebody there
SIGNS = ("hour", "night", "outside", "again")
LEAST: Mapping[str, float] = {"hour": 10, "night": 5, "outside": 3, "again": 5}
_SPREAD, _EVEN = 1.4826, 1.2533  # what makes a median or a mean distance comparable to a standard deviation
_AT_ONCE = 500
_WHERE = """
SELECT identifier.text, subject.region, record.source
FROM identifier
JOIN subject ON subject.id = identifier.subject_id
LEFT JOIN record ON record.subject_id = subject.id
WHERE identifier.text IN ({marks})
GROUP BY identifier.text, subject.region, record.source
"""
_HOMES = """
SELECT record.source, subject.region, count(*)
FROM record
JOIN subject ON subject.id = record.subject_id
WHERE record.source IN ({marks})
  AND subject.region <> ''
GROUP BY record.source, subject.region
"""


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody in a role opened a file that is not public: when, and whose."""

    at: datetime
    name: str
    role: str
    scope: str
    subject: str


@dataclass(frozen=True, slots=True)
class Sign:
    """Something an official did more than peers: which sign, how much, the peers' median, and the robust distance.

    `distance` is None where there are too few peers to compare with; then only the floor was passed.
    """

    sign: str
    value: int
    peers: float
    distance: float | None


@dataclass(frozen=True, slots=True)
class Official:
    """One official's reading in a window: look-ups and files, and what about it is unusual."""

    name: str
    role: str
    scope: str
    looks: int
    files: int
    signs: tuple[Sign, ...]


def unusual(looks: Iterable[Look]) -> list[Official]:
    """The officials whose reading has an unusual sign, the most unusual first."""
    by: dict[tuple[str, str, str], list[Look]] = defaultdict(list)
    for one in looks:
        by[one.role, one.scope, one.name].append(one)
    outside = _outside(by)
    measured = {who: _measured(held, outside[who]) for who, held in by.items()}
    found = []
    for (role, scope, name), values in measured.items():
        peers = [each for who, each in measured.items() if who[0] == role and who != (role, scope, name)]
        found_signs = (_sign(sign, values[sign], [each[sign] for each in peers]) for sign in SIGNS)
        signs = tuple(each for each in found_signs if each)
        if signs:
            held = by[role, scope, name]
            found.append(Official(name, role, scope, len(held), len({one.subject for one in held}), signs))
    return sorted(found, key=lambda one: (-max(_strength(each) for each in one.signs), one.name))


def _strength(sign: Sign) -> float:
    return sign.distance if sign.distance is not None else 0.0


def _measured(looks: Sequence[Look], outside: int) -> dict[str, int]:
    return {
        "hour": _most_in_an_hour(looks),
        "night": sum(one.at.hour >= NIGHT_FROM or one.at.hour < NIGHT_TO for one in looks),
        "outside": outside,
        "again": _most_often(looks),
    }


def _most_in_an_hour(looks: Sequence[Look]) -> int:
    """The most different files that were opened within any one hour."""
    ordered = sorted(looks, key=lambda one: one.at)
    held: Counter[str] = Counter()
    first = most = 0
    for one in ordered:
        held[one.subject] += 1
        while one.at - ordered[first].at > timedelta(hours=1):
            left = ordered[first].subject
            held[left] -= 1
            if not held[left]:
                del held[left]
            first += 1
        most = max(most, len(held))
    return most


def _most_often(looks: Sequence[Look]) -> int:
    """In how many different hours the one file was opened that was opened most often."""
    hours = {(one.subject, one.at.replace(minute=0, second=0, microsecond=0)) for one in looks}
    return max(Counter(subject for subject, _hour in hours).values(), default=0)


def _sign(sign: str, value: int, peers: Sequence[int]) -> Sign | None:
    if value < LEAST[sign]:
        return None
    if len(peers) < PEERS:
        return Sign(sign, value, float(median(peers)) if peers else 0.0, None)
    distance = robust_distance(value, peers)
    return Sign(sign, value, float(median(peers)), distance) if distance > UNUSUAL else None


def robust_distance(value: float, peers: Sequence[float]) -> float:
    """How far a value lies above its peers' median, in robust deviations; infinite where all peers are alike."""
    middle = median(peers)
    away = [abs(one - middle) for one in peers]
    spread = _SPREAD * median(away) or _EVEN * fmean(away)
    if spread:
        return (value - middle) / spread
    return float("inf") if value > middle else 0.0


def _outside(by: Mapping[tuple[str, str, str], Sequence[Look]]) -> dict[tuple[str, str, str], int]:
    """How many files each opened on which their office stated nothing and which are not where its records are.

    Who works for every source, as an overseer does, has no outside.
    """
    files = _files({one.subject for held in by.values() for one in held})
    homes = _homes({scope for _role, scope, _name in by if scope})
    found = {}
    for who, held in by.items():
        scope, subjects = who[1], {one.subject for one in held}
        home = homes.get(scope)
        found[who] = sum(_is_outside(scope, home, files.get(one)) for one in subjects) if home else 0
    return found


def _is_outside(scope: str, home: frozenset[str], held: tuple[str, frozenset[str]] | None) -> bool:
    return held is not None and scope not in held[1] and held[0] not in home


def _files(subjects: set[str]) -> dict[str, tuple[str, frozenset[str]]]:
    """Where each subject is, and which sources stated something about it."""
    regions: dict[str, str] = {}
    sources: dict[str, set[str]] = defaultdict(set)
    for part in _parts(sorted(subjects)):
        for text, region, source in rows(_WHERE.format(marks=", ".join(["%s"] * len(part))), part):
            regions[text] = region
            sources[text] |= {source} if source else set()
    return {text: (region, frozenset(sources[text])) for text, region in regions.items()}


def _homes(offices: set[str]) -> dict[str, frozenset[str]]:
    """The regions in which an office's records are, but for those with hardly any."""
    held: dict[str, Counter[str]] = defaultdict(Counter)
    for part in _parts(sorted(offices)):
        for source, region, count in rows(_HOMES.format(marks=", ".join(["%s"] * len(part))), part):
            held[source][region] += int(count)
    return {
        source: frozenset(region for region, count in counts.items() if count * HOME >= counts.total())
        for source, counts in held.items()
    }


def _parts(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
