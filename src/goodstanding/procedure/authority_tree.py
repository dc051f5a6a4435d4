"""The tree of authorities: who directs whom, and what became of those that were merged or renumbered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from goodstanding.errors import BadInput
from goodstanding.messages import Message, ProcedureMessage


@dataclass(frozen=True, slots=True)
class AuthorityTree:
    """`above` names the office that directs one; `became` the one that an office was merged into or renumbered to."""

    above: Mapping[str, str] = field(default_factory=dict)
    successors: Mapping[str, str] = field(default_factory=dict)

    def now(self, office: str) -> str:
        """The office that this one is today; raises BadInput where offices became one another in a circle."""
        return self._followed(office, self.successors)[-1]

    def line(self, office: str) -> tuple[str, ...]:
        """The office and all that stand above it, nearest first, each as it is today."""
        above = {self.now(lower): self.now(upper) for lower, upper in self.above.items() if upper}
        return self._followed(self.now(office), {lower: upper for lower, upper in above.items() if lower != upper})

    def apart(self, office: str, other_office: str) -> bool:
        """Whether neither stands above or below the other, and they are not the same (charter article 14)."""
        return self.now(office) not in self.line(other_office) and self.now(other_office) not in self.line(office)

    def formerly(self, office: str) -> frozenset[str]:
        """The office under every name or number from which it came to be what it is."""
        return frozenset({office, *(former for former in self.successors if self.now(former) == self.now(office))})

    def _followed(self, office: str, step: Mapping[str, str]) -> tuple[str, ...]:
        chain = [office]
        while following := step.get(chain[-1]):
            if following in chain:
                raise BadInput(Message(ProcedureMessage.OFFICES_IN_CIRCLE, {"offices": ", ".join(chain)}))
            chain.append(following)
        return tuple(chain)
