"""The rules that events put into force, read from them, and which of these give outcomes, alone and together.

What cannot be read is one catalogue's error alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from goodstanding import charter
from goodstanding.catalogue import Catalogue, load_files
from goodstanding.catalogue.validation.jurisdiction import list_time_zones
from goodstanding.errors import CatalogueError, GoodstandingError
from goodstanding.ledger import events
from goodstanding.ledger import store as ledger
from goodstanding.messages import EnactmentMessage, Message, RegisterMessage
from goodstanding.register.rules.effect_isolation import OF_THE_RULES
from goodstanding.register.rules.enactment_history import find_enactment, list_enactment_faults

log = logging.getLogger("goodstanding.register")
FiledEnactment = tuple[int, str, str, date]  # position, name, digest, day


@dataclass(frozen=True, slots=True)
class EnactedCatalogue:
    """A catalogue in force in this register: since which event, and since which day."""

    position: int
    day: date
    catalogue: Catalogue

    @property
    def first_day(self) -> date:
        """The first day of the conduct that it applies to, whether it is milder or not."""
        return max(self.day, self.catalogue.in_force)

    def precedes(self, other: EnactedCatalogue) -> bool:
        """Whether it is out of force when another one begins."""
        return self.catalogue.until is not None and self.catalogue.until <= other.first_day


@lru_cache(maxsize=256)
def read_rules(position: int, digest: str) -> Catalogue | CatalogueError:
    """The rules that an event put into force, or why this program cannot read them: the register goes on without."""
    where = f"ledger position {position}"
    try:
        return load_rules(read_body(position), digest, where)
    except CatalogueError as error:
        problem = error
    except (GoodstandingError, *OF_THE_RULES) as error:
        problem = CatalogueError(Message(EnactmentMessage.RULES_UNUSABLE, {"problem": str(error)}), where=where)
    log.error("The catalogue at %s gives no outcome. %s", where, problem.diagnostics())
    return problem


def read_body(position: int) -> dict[str, Any]:
    """What the event at a position says; raises CatalogueError where it was erased."""
    body = next(ledger.read_entries(position, position + 1)).body
    if body is None:
        raise CatalogueError(Message(RegisterMessage.ENACTED_FILES_ERASED), where=f"ledger position {position}")
    return events.decode_body(body.encode())


def load_rules(body: dict[str, Any], digest: str, where: str, kept: bool = True) -> Catalogue:
    """The rules in an event's body; raises CatalogueError where they are not what the event says."""
    catalogue = load_files(body["files"], kept)
    if catalogue.digest != digest or (catalogue.name, catalogue.version) != (body["name"], body["version"]):
        raise CatalogueError(Message(RegisterMessage.ENACTED_FILES_DIFFER), where=where)
    list_time_zones(catalogue)  # raises for one that there is no more
    charter.assess(catalogue)  # asked by everybody later
    return catalogue


def end_rules(position: int, catalogue: Catalogue, size: int | None) -> Catalogue:
    """The rules with the day on which they were taken out of force, where that is before the end that they set."""
    enactment = find_enactment(position, size)
    if enactment is None or (day := enactment.ends_on) is None or (catalogue.until and catalogue.until <= day):
        return catalogue
    return catalogue.model_copy(update={"until": day})


def assess_enactments(
    enactments: Iterable[FiledEnactment], size: int | None = None
) -> Iterator[tuple[EnactedCatalogue, tuple[charter.Breach, ...]]]:
    """The enactments, oldest first, that hold alone (articles 22, 23), and what each breaches beside those before it.

    One that breaches something gives no outcome, and bars nothing that comes after it.
    """
    in_force: dict[str, EnactedCatalogue] = {}
    for position, name, digest, day in enactments:
        in_force.pop(name, None)
        rules = read_rules(position, digest)
        if isinstance(rules, Catalogue) and _holds_alone(position, rules):
            enacted = EnactedCatalogue(position, day, end_rules(position, rules, size))
            beside = list_in_force_beside(enacted, in_force.values())
            if not (breaches := charter.list_stacking_breaches(rules, beside)):
                in_force[name] = enacted
            yield enacted, breaches


def _holds_alone(position: int, catalogue: Catalogue) -> bool:
    """Whether the charter refuses nothing of the rules (article 22) nor of how they were put into force (23)."""
    is_sound = catalogue.mode == "live" and charter.assess(catalogue).holds
    return is_sound and not list_enactment_faults(position, catalogue)


def list_in_force_beside(enacted: EnactedCatalogue, others: Iterable[EnactedCatalogue]) -> tuple[Catalogue, ...]:
    """Those of other catalogues that are in force on a day on which this one is."""
    return tuple(
        other.catalogue
        for other in others
        if other.catalogue.name != enacted.catalogue.name and not (other.precedes(enacted) or enacted.precedes(other))
    )
