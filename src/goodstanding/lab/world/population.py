"""A population: cells with counts and a seed; who is in a chunk of it is made when it is needed.

So a population of a thousand and one of a billion take the same memory, and an agent is the same in every chunk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from goodstanding.errors import LaboratoryError
from goodstanding.lab.acts import Acts, AgentKind, load_acts
from goodstanding.lab.parameters import Parameter
from goodstanding.lab.world.agents import (
    AGE,
    Agents,
    Firms,
    Numbers,
    Persons,
    compute_age_shares,
    make_agents,
    make_firms,
    make_persons,
    parse_years,
)
from goodstanding.lab.world.cells import Cells, Joint, build_joint
from goodstanding.lab.world.country import Country, load_country
from goodstanding.lab.world.parts import Part, get_part
from goodstanding.lab.world.trait_shares import ShareReader
from goodstanding.messages import LaboratoryMessage, Message

CHUNK = 1 << 16
BYTES_AN_AGENT, BYTES_AN_END = 160, 4  # of a run in which agents meet
MOST = 1 << 40
Values = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Population:
    """Drawn persons and firms of a country, all or those of a part.

    `person_weight` and `firm_weight` say for how many real ones each stands; `recalled` are the places of published
    figures from memory on which the population rests, of which its reader is warned.
    """

    country: Country
    seed: int
    persons: Cells
    firms: Cells
    incomes: Values
    households: Values
    least_age: int
    part: Part | None
    has_debts: bool
    person_weight: float
    firm_weight: float
    recalled: tuple[str, ...]

    @classmethod
    def draw(
        cls,
        country: str | Country = "fictional",
        *,
        persons: int = 10_000,
        firms: int = 0,
        seed: int = 0,
        least_age: int = 0,
        part: str | None = None,
        acts: Acts | None = None,
    ) -> Population:
        """So many persons of at least an age, and firms; of all, or of a part such as `judgment-debtors`."""
        _refuse_if_not_counted(persons, firms, seed)
        place, vocabulary = load_country(country) if isinstance(country, str) else country, acts or load_acts()
        people, companies = _scale_to_age(build_joint(place, "persons"), least_age), build_joint(place, "firms")
        chosen = get_part(part) if part else None
        if chosen:
            people, companies = (
                chosen.select(people, "person", vocabulary), chosen.select(companies, "firm", vocabulary)
            )  # fmt: skip
        act = chosen.find_act(vocabulary) if chosen else None
        incomes, recalled = _read_values(place, place.plan.persons.means.incomes)
        households, recalled_too = _read_values(place, place.plan.persons.households)
        return cls(
            country=place, seed=seed, incomes=incomes, households=households, least_age=least_age, part=chosen,
            persons=_draw_cells(people, persons, seed, "persons"), firms=_draw_cells(companies, firms, seed, "firms"),
            has_debts=bool(act and act.opens), person_weight=people.table.sum() / max(persons, 1),
            firm_weight=companies.table.sum() / max(firms, 1),
            recalled=tuple(dict.fromkeys((*people.recalled, *companies.recalled, *recalled, *recalled_too))),
        )  # fmt: skip

    def with_seed(self, seed: int) -> Population:
        """The same cells, with other agents in them."""
        return replace(self, seed=seed)

    def make_persons(self, start: int = 0, end: int | None = None) -> Persons:
        """The persons from one number up to another, all where none is given."""
        numbers = range(start, self.persons.size if end is None else min(end, self.persons.size))
        plan = self.country.plan.persons
        return make_persons(plan, self.incomes, self.persons, numbers, self.seed, self.least_age, self.has_debts)

    def make_firms(self, start: int = 0, end: int | None = None) -> Firms:
        """The firms from one number up to another, all where none is given."""
        numbers = range(start, self.firms.size if end is None else min(end, self.firms.size))
        return make_firms(self.country.plan.firms, self.firms, numbers, self.seed)

    def make_agents(self, kind: AgentKind, numbers: Numbers) -> Agents:
        """Persons or firms by their numbers, without what only some lives need: means and debts."""
        if kind == "firm":
            return make_agents(self.country.plan.firms, self.firms, numbers, self.seed, 0)
        return make_agents(self.country.plan.persons, self.persons, numbers, self.seed, self.least_age)

    def iterate_persons(self, chunk: int = CHUNK) -> Iterator[Persons]:
        """All persons, so many at a time."""
        for start in range(0, self.persons.size, chunk):
            yield self.make_persons(start, start + chunk)

    def iterate_firms(self, chunk: int = CHUNK) -> Iterator[Firms]:
        """All firms, so many at a time."""
        for start in range(0, self.firms.size, chunk):
            yield self.make_firms(start, start + chunk)

    def refuse_if_too_large(self, memory: int, ends_an_agent: int) -> None:
        """Nothing, or a LaboratoryError where agents that meet, with so many ends of edges, do not fit into memory."""
        bytes_needed = BYTES_AN_AGENT + BYTES_AN_END * ends_an_agent
        size = self.persons.size + self.firms.size
        if size * bytes_needed > memory:
            params = {"size": f"{size:,}", "gigabytes": f"{memory / 1e9:.3g}"}
            fitting = Message(LaboratoryMessage.POPULATION_FITS, {"size": f"{memory // bytes_needed:,}"})
            raise LaboratoryError(Message(LaboratoryMessage.POPULATION_TOO_LARGE, params), remedy=fitting)


def _refuse_if_not_counted(persons: int, firms: int, seed: int) -> None:
    for name, number in (("persons", persons), ("firms", firms), ("seed", seed)):
        if not 0 <= number <= MOST:
            raise LaboratoryError(
                Message(LaboratoryMessage.COUNT_WRONG, {"name": name, "number": number, "most": MOST})
            )


def _draw_cells(joint: Joint, size: int, seed: int, section: str) -> Cells:
    if size and not joint.table.any():
        raise LaboratoryError(Message(LaboratoryMessage.PART_WITHOUT_KIND, {"kind": section}))
    return joint.draw_cells(size, seed)


def _scale_to_age(joint: Joint, least_age: int) -> Joint:
    shares = compute_age_shares(joint.levels[AGE], least_age)
    if not shares.any():
        oldest = parse_years(joint.levels[AGE][-1])[1]
        raise LaboratoryError(Message(LaboratoryMessage.NOBODY_SO_OLD, {"age": least_age, "most": oldest}))
    return joint.scale_trait(AGE, shares)


def _read_values(country: Country, numbers: str | tuple[str | Parameter, ...]) -> tuple[Values, tuple[str, ...]]:
    """Numbers of figures or parameters, and the places of those from memory."""
    reader = ShareReader(country, country.plan.persons, "persons")
    if isinstance(numbers, str):
        return reader.read_figures(numbers), tuple(reader.recalled)
    values = tuple(reader.read_figures(part)[0] if isinstance(part, str) else part.value for part in numbers)
    return values, tuple(reader.recalled)
