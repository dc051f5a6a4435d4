"""Firms of the province: numbers that nobody else gives out, and names in several scripts that say they are made up."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from goodstanding.cli.demonstration.imaginary_year.province import DISTRICTS
from goodstanding.cli.demonstration.imaginary_year.province_rules import SCHEME

FIRMS = 3_000
_FIRST = (
    "Moon", "Amber", "Willow", "Copper", "Raven", "Thistle", "Lantern", "Otter", "Juniper", "Falcon", "Harvest",
    "Silver", "Bramble", "Ember", "Heron", "Marigold", "North", "Pebble", "Saffron", "Tallow",
)  # fmt: skip
_SECOND = (
    "quill", "gate", "bridge", "field", "haven", "well", "crest", "brook", "mill", "stone", "wick", "ford", "leaf",
    "spire", "bay",
)  # fmt: skip
_WORKS = (
    "Bridge Builders", "Roofing", "Paving", "Office Supplies", "Cleaning", "Software", "Uniforms", "Laboratory Supply",
    "Lighting", "Removals", "Printing", "Surveyors", "Electrics", "Timber",
)  # fmt: skip
_KITCHENS = ("Bakery", "Dairy", "Noodle House", "Smokehouse", "Canteen", "Tea Room", "Fish Market", "Brewery")
_OTHER_SCRIPTS = (
    "示例商行{number}（虚构）", "Пример-Торг {number} (вымышлено)", "شركة مثال {number} (وهمية)",
    "Παράδειγμα {number} (επινοημένη)", "उदाहरण व्यापार {number} (काल्पनिक)",
)  # fmt: skip
_OTHER_SHARE = 40  # one firm in so many has a name in another script


@dataclass(frozen=True, slots=True)
class Firm:
    """A made-up firm: its number, its name, its district, and whether it handles food."""

    identifier: str
    name: str
    district: str
    handles_food: bool

    @property
    def representative(self) -> str:
        """The name that whoever speaks for it signs in with."""
        return f"for {self.identifier.partition(':')[2]}"


def draw_firms(random: Random, number: int = FIRMS) -> list[Firm]:
    """So many firms, each with a name of its own."""
    names = set[str]()
    return [_draw_firm(random, place, names) for place in range(1, number + 1)]


def _draw_firm(random: Random, number: int, names: set[str]) -> Firm:
    district, handles_food = random.choice(DISTRICTS), random.random() < 0.5
    name = _OTHER_SCRIPTS[number // _OTHER_SHARE % len(_OTHER_SCRIPTS)].format(number=number)
    while number % _OTHER_SHARE or name in names:
        trade = random.choice(_KITCHENS if handles_food else _WORKS)
        name = f"{random.choice(_FIRST)}{random.choice(_SECOND)} {trade}, {district} (made up)"
        if name not in names:
            break
    names.add(name)
    return Firm(f"{SCHEME}:AM{number:07}", name, district, handles_food)
