"""Aldermark, a province that does not exist: its districts, its forty authorities and their habits, who works there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

from goodstanding.access import Actor, Role

PROVINCE = "Aldermark"
DISTRICTS = (
    "Brannmoor", "Cindervale", "Dunmarrow", "Eastholm Flats", "Fennick Coast", "Glimmerby", "Ironbeck", "Juniper Sound",
)  # fmt: skip
BUYERS, FOOD_OFFICES, COURTS = "procurement-exclusion", "imminent-danger", "judgment-debtors"


@dataclass(frozen=True, slots=True)
class Habits:
    """How an office works: its share of cases, the part of each time limit it uses, how often it upholds, and faults.

    `lapses` is how often it lets a time limit pass, `copies` how often it repeats its reasons, `months` for how many
    months it excludes.
    """

    weight: float = 1.0
    pace: float = 0.5
    upholds: float = 0.8
    lapses: float = 0.02
    copies: float = 0.0
    months: int = 18


@dataclass(frozen=True, slots=True)
class Office:
    """An authority of the province: the catalogue it works under, its kind there, its district and its habits."""

    source: str
    name: str
    catalogue: str
    kind: str
    district: str
    habits: Habits = Habits()
    above: str = ""

    @property
    def clerk(self) -> Actor:
        """Who proposes and serves."""
        return self._name_official(Role.SOURCE, "clerk", 0)

    def get_decider(self, number: int) -> Actor:
        """One of those who decide."""
        return self._name_official(Role.DECIDER, "decider", number % 2)

    def get_member(self, number: int) -> Actor:
        """One of those who hear appeals, where it is a body that does."""
        return self._name_official(Role.APPEAL, "member", number % 3)

    def _name_official(self, role: Role, post: str, number: int) -> Actor:
        place = sum(map(ord, self.source)) * 3 + number + len(post)
        full_name = f"{_INITIALS[place % len(_INITIALS)]}. {_SURNAMES[place * 7 % len(_SURNAMES)]}"
        return Actor(role, self.source, f"{post}-{number + 1}.{self.source}", full_name)


_INITIALS = "ABCDEFGHIJKLMNOPRSTVW"
_SURNAMES = (
    "Arrowby", "Bellweather", "Cragfoot", "Dimsdale", "Elderfen", "Fallowmere", "Grimsedge", "Hollinbeck", "Inkpenny",
    "Jessamine", "Kettlewick", "Larkhollow", "Mossgrave", "Netherby", "Oakshott", "Pennywhistle", "Quillfeather",
    "Ravensdale", "Stonecrop", "Thistlewood", "Underhay", "Vexford", "Wintergreen", "Yarrow",
)  # fmt: skip
_BUYING = (
    "Procurement Office", "Roads and Bridges Agency", "Hospital Board", "Schools Supply Office",
    "Harbour and Water Board", "Housing Fund", "Transit Company", "Energy Agency", "Police Supply Office",
    "Parks Department", "Waste Board", "Grant Office", "Archive Trust", "Fire Service", "Forest Fund", "Library Trust",
)  # fmt: skip
_HABITS = {  # the troubles that are planted, and a few offices that are busier, quicker or slower than others
    "aldermark-buyer-01": Habits(weight=3.0, pace=0.4),
    "aldermark-buyer-02": Habits(weight=2.5, pace=0.7, lapses=0.3),  # misses its deadlines
    "aldermark-buyer-03": Habits(weight=5.0, pace=0.3, upholds=1.0, months=33),  # for equal conduct always excludes
    "aldermark-buyer-04": Habits(weight=5.0, pace=0.6, upholds=0.4, months=7),  # for equal conduct seldom excludes
    "aldermark-food-01": Habits(weight=3.0, pace=0.5),
    "aldermark-food-02": Habits(weight=2.5, pace=0.3, copies=0.85),  # copies its reasons
    "aldermark-enforcement-1": Habits(weight=2.0, pace=0.5),
}
BOARD = Office("aldermark-board", "Sanctions Board of Aldermark (made up)", BUYERS, "sanctions-board", "")
TRIBUNAL = Office("aldermark-tribunal", "Food Tribunal of Aldermark (made up)", FOOD_OFFICES, "food-tribunal", "")
HIGH_COURT = Office("aldermark-court", "High Court of Aldermark (made up)", COURTS, "court", "")
MINISTRY = Office(
    "aldermark-food-ministry", "Ministry for Food, Aldermark (made up)", FOOD_OFFICES, "food-authority", ""
)
BODIES = {BUYERS: BOARD, FOOD_OFFICES: TRIBUNAL, COURTS: HIGH_COURT}


def _list_offices() -> Iterator[Office]:
    for number, (title, district) in enumerate(zip(_BUYING, cycle(DISTRICTS), strict=False), 1):
        yield _build_office(f"aldermark-buyer-{number:02}", title, BUYERS, "deciding-body", district)
    for number, district in enumerate((*DISTRICTS, *DISTRICTS[:4]), 1):
        title = "Food Office" if number <= len(DISTRICTS) else "Market Inspection"
        yield _build_office(
            f"aldermark-food-{number:02}", title, FOOD_OFFICES, "food-authority", district, MINISTRY.source
        )
    for number, district in enumerate(DISTRICTS, 1):
        yield _build_office(
            f"aldermark-enforcement-{number}", "Enforcement Court", COURTS, "enforcement-court", district
        )


def _build_office(source: str, title: str, catalogue: str, kind: str, district: str, above: str = "") -> Office:
    return Office(
        source, f"{district} {title} (made up)", catalogue, kind, district, _HABITS.get(source, Habits()), above
    )


OFFICES = tuple(_list_offices())
AUTHORITIES = (*OFFICES, MINISTRY, *BODIES.values())


def get_office(source: str) -> Office:
    """The authority of an identifier."""
    return next(office for office in AUTHORITIES if office.source == source)
