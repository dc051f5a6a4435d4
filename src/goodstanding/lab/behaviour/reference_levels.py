"""What a reference can be, such as `agent.official` or `own.grade.points`: its levels, for persons and for firms."""

from __future__ import annotations

from dataclasses import dataclass

from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import LaboratoryError
from goodstanding.lab.acts import Acts, AgentKind
from goodstanding.lab.behaviour.behaviour_model import BehaviourRules
from goodstanding.lab.behaviour.field_sources import Scalar
from goodstanding.lab.world.agents import ADULT
from goodstanding.lab.world.country import CountryPlan
from goodstanding.messages import BehaviourMessage, Message

Levels = tuple[Scalar, ...]
NO_OR_YES: Levels = (False, True)
TIES = ("households", "friends", "trade", "representatives")
DEBT_TRUTHS = ("can_pay", "hides_assets")
NO_GRADE = "none"


@dataclass(frozen=True, slots=True)
class ReferenceScope:
    """What references of a behaviour can name."""

    rules: BehaviourRules
    catalogue: Catalogue
    plan: CountryPlan
    acts: Acts

    def list_levels(self, reference: str, kind: AgentKind) -> Levels | None:
        """The levels that a reference has for a kind of agent, in order; None where it is a number of any size.

        None at all, (), where nothing is said of that kind. Raises LaboratoryError, without its place, for a
        reference to nothing.
        """
        head, *names = reference.split(".")
        if head == "agent":
            return self._list_agent_levels(names[0], kind)
        if head == "believed":
            return self._list_truths(names[0], tuple(self.rules.truth.belief) if self.rules.truth else ())
        if head == "debt":
            return self._list_truths(names[0], DEBT_TRUTHS if self.rules.truth else ())
        if head == "beside":
            return NO_OR_YES
        return self._list_own_levels(names) if head == "own" else self._list_edge_levels(names)

    def _list_agent_levels(self, name: str, kind: AgentKind) -> Levels:
        if name == "kind":
            return (kind,)
        if name == "minor":
            grown_up = self.rules.population.least_age >= ADULT
            return () if kind == "firm" else (False,) if grown_up else NO_OR_YES
        persons, firms = self.plan.persons, self.plan.firms
        words = {*persons.flags, *persons.traits, *firms.flags, *firms.traits}
        _refuse_if_unknown("trait", name, ("kind", "minor", *sorted(words)))
        own_plan = persons if kind == "person" else firms
        return NO_OR_YES if name in own_plan.flags else own_plan.traits[name].names if name in own_plan.traits else ()

    def _list_truths(self, name: str, names: tuple[str, ...]) -> Levels:
        _refuse_if_unknown("truth", name, names)
        return NO_OR_YES

    def _list_own_levels(self, names: list[str]) -> Levels | None:
        matter, name = names[0], names[-1]
        _refuse_if_unknown("history", matter, ("grade", "listed", "count"))
        if matter == "count":
            _refuse_if_unknown("act", name, tuple(self.acts.by_name))
            return None
        if matter == "listed":
            return self._list_listed_levels(name)
        return self._list_grade_levels(name)

    def _list_edge_levels(self, names: list[str]) -> Levels | None:
        tie, matter, name = names[0], names[1] if len(names) > 1 else "", names[-1]
        _refuse_if_unknown("edge", tie, TIES)
        _refuse_if_unknown("history", matter, ("score", "listed", "grade"))
        if matter == "score":
            return None
        return self._list_grade_levels(name) if matter == "grade" else self._list_listed_levels(name)

    def _list_grade_levels(self, name: str) -> Levels:
        _refuse_if_unknown("scheme", name, tuple(self.catalogue.schemes))
        return (*self.catalogue.schemes[name].grades, NO_GRADE)

    def _list_listed_levels(self, name: str) -> Levels:
        _refuse_if_unknown("list", name, tuple(self.catalogue.lists))
        return NO_OR_YES


def _refuse_if_unknown(kind: str, name: str, names: tuple[str, ...]) -> None:
    if name not in names:
        unknown = Message(BehaviourMessage.WORD_UNKNOWN, {"kind": kind, "name": repr(name)})
        raise LaboratoryError(unknown, remedy=", ".join(names))
