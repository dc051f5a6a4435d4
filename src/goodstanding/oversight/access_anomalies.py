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

from goodstanding.register.storage.queries import fetch_rows

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
class FileAccess:
    """Somebody in a role opened a file that is not public: when, and whose."""

    at: datetime
    name: str
    role: str
    scope: str
    subject: str


@dataclass(frozen=True, slots=True)
class AnomalySign:
    """Something an official did more than peers: which sign, how much, the peers' median, and the robust distance.

    `distance` is None where there are too few peers to compare with; then only the floor was passed.
    """

    sign: str
    value: int
    peers: float
    distance: float | None


@dataclass(frozen=True, slots=True)
class OfficialAnomalies:
    """One official's reading in a window: look-ups and files, and what about it is unusual."""

    name: str
    role: str
    scope: str
    looks: int
    files: int
    signs: tuple[AnomalySign, ...]


def list_access_anomalies(file_accesses: Iterable[FileAccess]) -> list[OfficialAnomalies]:
    """The officials whose reading has an unusual sign, the most unusual first."""
    accesses_by_official: dict[tuple[str, str, str], list[FileAccess]] = defaultdict(list)
    for access in file_accesses:
        accesses_by_official[access.role, access.scope, access.name].append(access)
    outside = _count_outside_files(accesses_by_official)
    measured = {
        official: _measure_accesses(accesses, outside[official]) for official, accesses in accesses_by_official.items()
    }
    anomalies = []
    for (role, scope, name), values in measured.items():
        peers = [
            peer_values
            for official, peer_values in measured.items()
            if official[0] == role and official != (role, scope, name)
        ]
        possible_signs = (
            _build_sign(sign, values[sign], [peer_values[sign] for peer_values in peers]) for sign in SIGNS
        )
        signs = tuple(sign for sign in possible_signs if sign)
        if signs:
            accesses = accesses_by_official[role, scope, name]
            anomalies.append(
                OfficialAnomalies(name, role, scope, len(accesses), len({access.subject for access in accesses}), signs)
            )
    return sorted(
        anomalies, key=lambda official: (-max(_measure_strength(sign) for sign in official.signs), official.name)
    )


def _measure_strength(sign: AnomalySign) -> float:
    return sign.distance if sign.distance is not None else 0.0


def _measure_accesses(accesses: Sequence[FileAccess], outside: int) -> dict[str, int]:
    return {
        "hour": _count_most_in_an_hour(accesses),
        "night": sum(access.at.hour >= NIGHT_FROM or access.at.hour < NIGHT_TO for access in accesses),
        "outside": outside,
        "again": _count_most_repeated_hours(accesses),
    }


def _count_most_in_an_hour(accesses: Sequence[FileAccess]) -> int:
    """The most different files that were opened within any one hour."""
    ordered = sorted(accesses, key=lambda access: access.at)
    open_files: Counter[str] = Counter()
    first = most = 0
    for access in ordered:
        open_files[access.subject] += 1
        while access.at - ordered[first].at > timedelta(hours=1):
            left = ordered[first].subject
            open_files[left] -= 1
            if not open_files[left]:
                del open_files[left]
            first += 1
        most = max(most, len(open_files))
    return most


def _count_most_repeated_hours(accesses: Sequence[FileAccess]) -> int:
    """In how many different hours the one file was opened that was opened most often."""
    hours = {(access.subject, access.at.replace(minute=0, second=0, microsecond=0)) for access in accesses}
    return max(Counter(subject for subject, _hour in hours).values(), default=0)


def _build_sign(sign: str, value: int, peers: Sequence[int]) -> AnomalySign | None:
    if value < LEAST[sign]:
        return None
    if len(peers) < PEERS:
        return AnomalySign(sign, value, float(median(peers)) if peers else 0.0, None)
    distance = compute_robust_distance(value, peers)
    return AnomalySign(sign, value, float(median(peers)), distance) if distance > UNUSUAL else None


def compute_robust_distance(value: float, peers: Sequence[float]) -> float:
    """How far a value lies above its peers' median, in robust deviations; infinite where all peers are alike."""
    middle = median(peers)
    away = [abs(peer - middle) for peer in peers]
    spread = _SPREAD * median(away) or _EVEN * fmean(away)
    if spread:
        return (value - middle) / spread
    return float("inf") if value > middle else 0.0


def _count_outside_files(
    accesses_by_official: Mapping[tuple[str, str, str], Sequence[FileAccess]],
) -> dict[tuple[str, str, str], int]:
    """How many files each opened on which their office stated nothing and which are not where its records are.

    Who works for every source, as an overseer does, has no outside.
    """
    files = _read_file_places({access.subject for accesses in accesses_by_official.values() for access in accesses})
    homes = _read_home_regions({scope for _role, scope, _name in accesses_by_official if scope})
    outside_counts = {}
    for official, accesses in accesses_by_official.items():
        scope, subjects = official[1], {access.subject for access in accesses}
        home = homes.get(scope)
        outside_counts[official] = (
            sum(_is_outside(scope, home, files.get(subject)) for subject in subjects) if home else 0
        )
    return outside_counts


def _is_outside(scope: str, home: frozenset[str], place: tuple[str, frozenset[str]] | None) -> bool:
    return place is not None and scope not in place[1] and place[0] not in home


def _read_file_places(subjects: set[str]) -> dict[str, tuple[str, frozenset[str]]]:
    """Where each subject is, and which sources stated something about it."""
    regions: dict[str, str] = {}
    sources: dict[str, set[str]] = defaultdict(set)
    for part in _split_into_batches(sorted(subjects)):
        for text, region, source in fetch_rows(_WHERE.format(marks=", ".join(["%s"] * len(part))), part):
            regions[text] = region
            sources[text] |= {source} if source else set()
    return {text: (region, frozenset(sources[text])) for text, region in regions.items()}


def _read_home_regions(offices: set[str]) -> dict[str, frozenset[str]]:
    """The regions in which an office's records are, but for those with hardly any."""
    counts_by_office: dict[str, Counter[str]] = defaultdict(Counter)
    for part in _split_into_batches(sorted(offices)):
        for source, region, count in fetch_rows(_HOMES.format(marks=", ".join(["%s"] * len(part))), part):
            counts_by_office[source][region] += int(count)
    return {
        source: frozenset(region for region, count in counts.items() if count * HOME >= counts.total())
        for source, counts in counts_by_office.items()
    }


def _split_into_batches(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
