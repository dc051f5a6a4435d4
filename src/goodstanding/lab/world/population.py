"""A population: cells with counts and a seed; who is in a chunk of it is made when it is needed.

So a population of a thousand and one of a billion take the same memory, and an agent is the same in every chunk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from goodstanding.errors import LaboratoryError
from goodstanding.lab.acts import Acts, AgentKind, load_acts
from goodstanding.lab.world.agents import (
    AGE,
    Agents,
    Firms,
    Numbers,
    PersonRules,
    Persons,
    compute_age_shares,
    draw_incomes,
    make_agents,
    make_firms,
    make_persons,
    parse_years,
)
from goodstanding.lab.world.cells import Cells, Joint, build_joint
from goodstanding.lab.world.country import Country, load_country
from goodstanding.lab.world.parts import Part, get_part
from goodstanding.lab.world.trait_shares import read_person_figures
from goodstanding.messages import LaboratoryMessage, Message

CHUNK = 1 << 16
BYTES_AN_AGENT, BYTES_AN_END = 160, 4  # of a run in which agents meet
MOST = 1 << 40


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
    person_rules: PersonRules
    part: Part | None
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
        chosen, figures = get_part(part) if part else None, read_person_figures(place)
        people, companies = _build_joints(place, least_age, chosen, vocabulary)
        recalled = (*people.recalled, *companies.recalled, *figures.recalled, *place.list_recalled())
        return cls(
            place, seed, _draw_cells(people, persons, seed, "persons"), _draw_cells(companies, firms, seed, "firms"),
            PersonRules(place.plan.persons, figures, least_age, bool(chosen and chosen.opens_debt(vocabulary))), chosen,
            people.table.sum() / max(persons, 1), companies.table.sum() / max(firms, 1), tuple(dict.fromkeys(recalled)),
        )  # fmt: skip

    def with_seed(self, seed: int) -> Population:
        """The same cells, with other agents in them."""
        return replace(self, seed=seed)

    def make_persons(self, start: int = 0, end: int | None = None) -> Persons:
        """The persons from one number up to another, all where none is given."""
        numbers = range(start, self.persons.size if end is None else min(end, self.persons.size))
        return make_persons(self.person_rules, self.persons, numbers, self.seed)

    def make_firms(self, start: int = 0, end: int | None = None) -> Firms:
        """The firms from one number up to another, all where none is given."""
        numbers = range(start, self.firms.size if end is None else min(end, self.firms.size))
        return make_firms(self.country.plan.firms, self.firms, numbers, self.seed)

    def make_agents(self, kind: AgentKind, numbers: Numbers) -> Agents:
        """Persons or firms by their numbers, without what only some lives need: means and debts."""
        if kind == "firm":
            return make_agents(self.country.plan.firms, self.firms, numbers, self.seed, 0)
        return make_agents(self.country.plan.persons, self.persons, numbers, self.seed, self.person_rules.least_age)

    def draw_incomes(self, persons: Agents) -> Numbers:
        """The yearly incomes of persons that were made without them."""
        return draw_incomes(self.person_rules, persons, self.seed)

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


def _build_joints(country: Country, least_age: int, part: Part | None, acts: Acts) -> tuple[Joint, Joint]:
    """The joint shares of persons and of firms, of all or of a part."""
    people, companies = _scale_to_age(build_joint(country, "persons"), least_age), build_joint(country, "firms")
    return (part.select(people, "person", acts), part.select(companies, "firm", acts)) if part else (people, companies)
