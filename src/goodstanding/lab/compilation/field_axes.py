"""Makes axes of the sources of a record's fields: what is always so is a constant, the rest has levels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.records import FieldRule
from goodstanding.errors import LaboratoryError
from goodstanding.lab.acts import AgentKind
from goodstanding.lab.behaviour.behaviour_file import Behaviour
from goodstanding.lab.behaviour.behaviour_model import Fields
from goodstanding.lab.behaviour.field_sources import FieldSource, Scalar
from goodstanding.lab.behaviour.reference_levels import Levels, ReferenceScope
from goodstanding.lab.behaviour.written_values import WrittenValue, read_field_value
from goodstanding.lab.compilation.array_types import Axis
from goodstanding.lab.compilation.decisive_values import (
    RecordCondition,
    list_decisive_days,
    list_decisive_numbers,
    list_record_conditions,
)
from goodstanding.lab.compilation.record_origins import FieldAxis, Values, find_axis_kind
from goodstanding.lab.compilation.rule_refusals import refuse_rule
from goodstanding.messages import BehaviourMessage, Message

_OCCURRED, _AT_ONCE = "occurred", Period(0)
_ORGANISATION = {"firm": "organisation"}  # how catalogues call a firm


@dataclass(frozen=True)
class FieldAxes:
    """The axes and constants of one origin's fields, for one kind of agent.

    `settled` are references that the origin needs at a level, `incomplete` how often fields are left out.
    """

    behaviour: Behaviour
    record: str
    kind: AgentKind
    fields: Fields
    settled: Mapping[str, Scalar]
    incomplete: Mapping[str, float]

    @cached_property
    def scope(self) -> ReferenceScope:
        """What references can name."""
        return self.behaviour.scope

    @cached_property
    def rules(self) -> Mapping[str, FieldRule]:
        """The fields of the record."""
        return self.behaviour.catalogue.records[self.record].fields

    @cached_property
    def conditions(self) -> list[RecordCondition]:
        """All that the rules ask over the record."""
        return list_record_conditions(self.behaviour.catalogue, self.record)

    def build(self) -> tuple[Values, tuple[FieldAxis, ...]]:
        """What is always so, and the axes."""
        constants, axes = dict[str, WrittenValue](), list[FieldAxis]()
        by_reference = defaultdict[str, dict[str, FieldSource]](dict)
        for field, source in self.fields.items():
            if source.reference:
                by_reference[source.reference][field] = source
            elif field in self.incomplete or source.is_drawn:
                axes.append(self._build_drawn_axis(field, source))
            else:
                constants[field] = self._read(field, source.values[0])
        for reference, sources in by_reference.items():
            axis = self._build_reference_axis(reference, sources)
            if len(axis.levels) == 1:
                constants |= axis.levels[0]
            else:
                axes.append(axis)
        return constants, (*axes, *self._list_day_axes(constants, axes))

    def _read(self, field: str, value: Scalar) -> WrittenValue:
        return read_field_value(field, self.rules[field], value)

    def _build_drawn_axis(self, field: str, source: FieldSource) -> FieldAxis:
        left_out = self.incomplete.get(field, 0.0)
        shares = [share * (1 - left_out) for share in source.shares or (1.0,)]
        levels: list[Values] = [{field: self._read(field, value)} for value in source.values]
        if field in self.incomplete:
            levels, shares = [*levels, {field: None}], [*shares, left_out]
        ends = [sum(shares[: place + 1]) for place in range(len(shares))]
        kind = Axis.LIFE if source.kind == "life" else Axis.DRAWN
        return FieldAxis(kind, f"{self.record}.{field}", tuple(levels), (*ends[:-1], 1.0))

    def _build_reference_axis(self, reference: str, sources: Mapping[str, FieldSource]) -> FieldAxis:
        levels = self._list_levels(reference)
        if levels is None:
            return self._build_number_axis(reference, sources)
        meanings = [self._read_meanings(level, sources) for level in levels]
        meanings = meanings or [dict.fromkeys(sources)]
        merged = [meaning for place, meaning in enumerate(meanings) if meaning not in meanings[:place]]
        return FieldAxis(
            self._find_kind(reference), reference, tuple(merged), tuple(merged.index(meaning) for meaning in meanings)
        )

    def _list_levels(self, reference: str) -> Levels | None:
        if reference in self.settled:
            return (self.settled[reference],)
        return self.scope.list_levels(reference, self.kind)

    def _read_meanings(self, level: Scalar, sources: Mapping[str, FieldSource]) -> Values:
        return {field: self._read_meaning(field, level, source) for field, source in sources.items()}

    def _read_meaning(self, field: str, level: Scalar, source: FieldSource) -> WrittenValue:
        if source.levels:
            return self._read(field, source.values[source.levels.index(level)])
        codes = self.rules[field].one_of
        word = str(level)
        return self._read(field, _ORGANISATION[word] if word in _ORGANISATION and word not in codes else level)

    def _find_kind(self, reference: str) -> Axis:
        head, name = reference.split(".")[:2]
        if head != "agent" or name == "kind":
            return find_axis_kind(reference)
        plan = self.scope.plan.persons if self.kind == "person" else self.scope.plan.firms
        return Axis.TRAIT if name in plan.traits else Axis.FLAG

    def _build_number_axis(self, reference: str, sources: Mapping[str, FieldSource]) -> FieldAxis:
        (field, source), *_others = sources.items()
        if source.levels:
            ends = tuple(int(str(level)) for level in source.levels)
            levels = [{field: self._read(field, value)} for value in source.values]
        else:
            self._refuse_if_open(field)
            ends = list_decisive_numbers(self.conditions, field) or (self.rules[field].at_least or 0,)
            levels = [{field: number} for number in ends]
        return FieldAxis(find_axis_kind(reference), reference, tuple(levels), ends)

    def _refuse_if_open(self, field: str) -> None:
        for condition in self.conditions:
            if condition.is_open_for(field):
                reason = Message(BehaviourMessage.NUMBER_SUMMED, {"field": repr(field)})
                raise refuse_rule(self.behaviour.catalogue, condition.path, reason)

    def _list_day_axes(self, constants: Values, axes: list[FieldAxis]) -> Iterator[FieldAxis]:
        """An axis for the day of the conduct, where a condition asks on which side of some day it is."""
        runs, sums = self.behaviour.rules.runs, self.behaviour.catalogue.month_sums
        bounds = set[date]()
        for field, length in self._iterate_lengths(constants, axes):
            bounds |= list_decisive_days(self.conditions, field, length, sums, runs.from_, runs.end)
        if bounds:
            starts = (runs.from_, *sorted(bounds))
            yield FieldAxis(Axis.DAY, "day", tuple({} for _ in starts), tuple(day.toordinal() for day in starts))

    def _iterate_lengths(self, constants: Values, axes: list[FieldAxis]) -> Iterator[tuple[str, Period]]:
        yield _OCCURRED, _AT_ONCE
        for values in (constants, *(level for axis in axes for level in axis.levels)):
            yield from ((field, value) for field, value in values.items() if isinstance(value, Period))


def refuse_if_many(number: int, most: int, name: str, where: str) -> None:
    """Nothing, or a LaboratoryError where an origin has more variants than can be asked about."""
    if number > most:
        params = {"rule": name, "number": f"{number:,}", "most": f"{most:,}"}
        raise LaboratoryError(Message(BehaviourMessage.VARIANTS_TOO_MANY, params), where=where)
