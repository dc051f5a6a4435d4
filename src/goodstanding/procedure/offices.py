"""The tree of authorities: who directs whom, and what became of those that were merged or renumbered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from goodstanding.errors import BadInput


@dataclass(frozen=True, slots=True)
class Offices:
    """`above` names the office that directs one; `became` the one that an office was merged into or renumbered to."""

    above: Mapping[str, str] = field(default_factory=dict)
    became: Mapping[str, str] = field(default_factory=dict)

    def now(self, office: str) -> str:
        """The office that this one is today; raises BadInput where offices became one another in a circle."""
        return self._followed(office, self.became)[-1]

    def line(self, office: str) -> tuple[str, ...]:
        """The office and all that stand above it, nearest first, each as it is today."""
        above = {self.now(one): self.now(over) for one, over in self.above.items() if over}
        return self._followed(self.now(office), {one: over for one, over in above.items() if one != over})

    def apart(self, one: str, other: str) -> bool:
        """Whether neither stands above or below the other, and they are not the same (charter article 14)."""
        return self.now(one) not in self.line(other) and self.now(other) not in self.line(one)

    def formerly(self, office: str) -> frozenset[str]:
        """The office under every name or number from which it came to be what it is."""
        return frozenset({office, *(one for one in self.became if self.now(one) == self.now(office))})

    def _followed(self, office: str, step: Mapping[str, str]) -> tuple[str, ...]:
        way = [office]
        while following := step.get(way[-1]):
            if following in way:
                raise BadInput(f"The offices {', '.join(way)} stand in a circle.", remedy="one at the top")
            way.append(following)
        return tuple(way)
