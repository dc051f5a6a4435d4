"""The origins of records that a behaviour describes: enrolments, acts, what authorities do, disputes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from goodstanding.lab.acts import MONTHS_A_YEAR, AgentKind
from goodstanding.lab.behaviour.agent_kinds import list_concerned_agents
from goodstanding.lab.behaviour.behaviour_file import Behaviour
from goodstanding.lab.behaviour.behaviour_model import Enrolment, Fields, FollowingRule, RecordRule
from goodstanding.lab.behaviour.field_sources import Scalar
from goodstanding.lab.compilation.array_types import NONE, Axis, Origin
from goodstanding.lab.compilation.field_axes import FieldAxes
from goodstanding.lab.compilation.record_origins import Need, OriginChances, RecordOrigin, find_axis_kind

KINDS: tuple[AgentKind, ...] = get_args(AgentKind)
_AGENT, _AGENT_KIND = "agent.", "agent.kind"
_PASSING = {"start": Origin.ENROLMENT, "every-month": Origin.MONTH, "every-year": Origin.YEAR}


def list_origins(behaviour: Behaviour) -> list[RecordOrigin]:
    """Every origin, in the order of the file; where fields ask about the agent, one for each kind of agent."""
    rules, builder = behaviour.rules, _OriginBuilder(behaviour)
    origins = [origin for name, rule in rules.enrols.items() for origin in builder.build_enrolments(name, rule)]
    for name, record_rule in rules.records.items():
        origins += builder.build_acts(name, record_rule)
    for place, following in enumerate(rules.follows):
        origins += builder.build_following(place, following)
    return [*origins, *builder.build_dispute()]


@dataclass(frozen=True, slots=True)
class _Description:
    """What is common to the origins of one rule."""

    name: str
    kind: Origin
    record: str
    fields: Fields
    chances: OriginChances
    act: str | None = None
    about: str | None = None
    condition: str | None = None
    incomplete: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class _OriginBuilder:
    behaviour: Behaviour

    def build_enrolments(self, name: str, rule: Enrolment) -> Iterator[RecordOrigin]:
        """Of whom it enrols, at the start, with every month or every year."""
        who = KINDS if rule.who == "all" else (rule.who,)
        chances = OriginChances(month=rule.month or NONE)
        description = _Description(f"enrols.{name}", _PASSING[rule.when], name, rule.fields, chances)
        yield from self._build_by_kind(description, KINDS, list_concerned_agents(self.behaviour.catalogue, name, who))

    def build_acts(self, name: str, rule: RecordRule) -> Iterator[RecordOrigin]:
        """Of an act: one for each alternative, the alternatives of a kind of agent one after the other."""
        act = self.behaviour.acts.by_name[name]
        kinds = list_concerned_agents(self.behaviour.catalogue, rule.record, act.who)
        descriptions = list(_iterate_alternatives(name, rule))
        is_asked = any(_is_about_agent(description) for description in descriptions)
        for group in [(kind,) for kind in kinds] if is_asked else [kinds]:
            for description in descriptions:
                yield from self._build_by_kind(description, act.who, group)

    def build_following(self, place: int, rule: FollowingRule) -> Iterator[RecordOrigin]:
        """Of what an authority does."""
        share = rule.share.value if rule.share else 1.0
        description = _Description(
            f"follows.{place}", Origin.FOLLOWING, rule.record, rule.fields,
            OriginChances(share=share, days=rule.days.between or (0, 0)), about=rule.about,
        )  # fmt: skip
        kinds = list_concerned_agents(self.behaviour.catalogue, rule.record)
        yield from self._build_by_kind(description, kinds, kinds)

    def build_dispute(self) -> Iterator[RecordOrigin]:
        """Of the record to which a dispute leads that is upheld, where it leads to one."""
        rule = self.behaviour.rules.disputes
        if rule and rule.record:
            description = _Description(
                "disputes", Origin.DISPUTE, rule.record, rule.fields, OriginChances(), about=rule.about
            )
            kinds = list_concerned_agents(self.behaviour.catalogue, rule.record)
            yield from self._build_by_kind(description, kinds, kinds)

    def _build_by_kind(
        self, description: _Description, everybody: tuple[AgentKind, ...], kinds: tuple[AgentKind, ...]
    ) -> Iterator[RecordOrigin]:
        """One for these kinds of agent together, or for each where fields ask about the agent."""
        if not _is_about_agent(description):
            is_narrower = len(kinds) == 1 and len(everybody) > 1
            yield self._build(description, kinds[0], is_narrower)
            return
        for kind in kinds:
            yield self._build(description, kind, len(everybody) > 1)

    def _build(self, description: _Description, kind: AgentKind, needs_kind: bool) -> RecordOrigin:
        settled: dict[str, Scalar] = {_AGENT_KIND: kind}
        needs: list[Need] = [(Axis.KIND, _AGENT_KIND, KINDS.index(kind))] if needs_kind else []
        if description.condition:
            settled[description.condition] = True
            needs.append((find_axis_kind(description.condition), description.condition, 1))
        record, incomplete = description.record, description.incomplete or {}
        constants, axes = FieldAxes(self.behaviour, record, kind, description.fields, settled, incomplete).build()
        return RecordOrigin(
            description.name, description.kind, description.act, record, description.about, tuple(needs), constants,
            axes, description.chances,
        )  # fmt: skip


def _is_about_agent(description: _Description) -> bool:
    return any(source.reference.startswith(_AGENT) for source in description.fields.values())


def _iterate_alternatives(name: str, rule: RecordRule) -> Iterator[_Description]:
    """The records that an act can become; shares rise from one to the next, and at most to 1."""
    incomplete = {field: share.value for field, share in rule.incomplete.items()}
    whole, share = max(1.0, sum(alternative.share.value for alternative in rule.one_of.values())), 0.0
    for key, alternative in rule.one_of.items():
        share += alternative.share.value / whole
        yield _Description(
            f"records.{name}.one_of.{key}", Origin.ACT, rule.record, {**rule.fields, **alternative.fields},
            _find_chances(rule, share), name, None, alternative.if_, incomplete,
        )  # fmt: skip
    if not rule.one_of:
        fields, chances = rule.fields, _find_chances(rule, 1.0)
        yield _Description(f"records.{name}", Origin.ACT, rule.record, fields, chances, name, None, None, incomplete)


def _find_chances(rule: RecordRule, share: float) -> OriginChances:
    return OriginChances(
        share=share,
        noticed=rule.noticed.value,
        days=rule.delay.days if rule.delay else (0, 0),
        wrong=rule.wrong.value / MONTHS_A_YEAR if rule.wrong else 0.0,
        spread=rule.place.spread.value if rule.place else 0.0,
    )
