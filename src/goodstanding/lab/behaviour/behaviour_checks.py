"""Whether a behaviour fits its catalogue: every record, field, value, list and act that it names is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import CatalogueError, LaboratoryError
from goodstanding.lab.acts import Acts, AgentKind
from goodstanding.lab.behaviour.agent_kinds import list_concerned_agents
from goodstanding.lab.behaviour.behaviour_model import (
    ActingTime,
    BehaviourRules,
    Enrolment,
    Fields,
    FollowingRule,
    RecordRule,
)
from goodstanding.lab.behaviour.field_sources import FieldSource
from goodstanding.lab.behaviour.reference_levels import ReferenceScope
from goodstanding.lab.behaviour.written_values import read_field_value
from goodstanding.lab.channels import Channels
from goodstanding.lab.strict_files import StrictFile
from goodstanding.lab.world.country import load_country
from goodstanding.lab.world.parts import get_part
from goodstanding.messages import BehaviourMessage, Message

Path = tuple[str | int, ...]
Problems = Iterator[CatalogueError]


def list_behaviour_problems(
    rules: BehaviourRules, catalogue: Catalogue, file: StrictFile, acts: Acts, channels: Channels
) -> Problems:
    """Everything that a behaviour says of a catalogue that it does not have, each with file and line."""
    try:
        scope = ReferenceScope(rules, catalogue, load_country(rules.population.draw).plan, acts)
    except LaboratoryError as problem:
        problem.where = problem.where or file.locate("population", "draw")
        raise
    return _BehaviourCheck(rules, catalogue, file, acts, channels, scope).run()


@dataclass(frozen=True, slots=True)
class _BehaviourCheck:
    rules: BehaviourRules
    catalogue: Catalogue
    file: StrictFile
    acts: Acts
    channels: Channels
    scope: ReferenceScope

    def run(self) -> Problems:
        """Everything that is wrong."""
        yield from self._check_head()
        for name, enrolment in self.rules.enrols.items():
            yield from self._check_enrolment(("enrols", name), name, enrolment)
        for name, rule in self.rules.records.items():
            yield from self._check_act(("records", name), name, rule)
        for place, following in enumerate(self.rules.follows):
            yield from self._check_following(("follows", place), following)
        yield from self._check_dispute()
        yield from self._check_effects()

    def _check_head(self) -> Problems:
        if self.rules.behaviour != self.catalogue.name:
            wrong = Message(BehaviourMessage.BEHAVIOUR_OF_ANOTHER, {"name": repr(self.rules.behaviour)})
            yield LaboratoryError(wrong, where=self.file.locate("behaviour"), remedy=self.catalogue.name)
        if self.rules.population.part:
            yield from self._attempt(("population", "part"), get_part, self.rules.population.part)
        first, end = self.rules.runs.from_, self.rules.runs.end
        begin, until = self.catalogue.in_force, self.catalogue.until
        if first < begin or (until and end > until):
            outside = Message(BehaviourMessage.RUN_OUTSIDE_LAW, {"first": first, "end": end})
            code = BehaviourMessage.LAW_FROM_TO if until else BehaviourMessage.LAW_FROM
            right = Message(code, {"first": begin, "end": until})
            yield LaboratoryError(outside, where=self.file.locate("runs"), remedy=right)

    def _check_enrolment(self, path: Path, name: str, rule: Enrolment) -> Problems:
        yield from self._check_record(path, name, rule.source)
        yield from self._check_fields(path, name, rule.fields, rule.shares, ("person", "firm"))

    def _check_act(self, path: Path, name: str, rule: RecordRule) -> Problems:
        yield from self._check_word(path, "act", name, self.acts.by_name)
        yield from self._check_record((*path, "record"), rule.record, rule.source)
        if name not in self.acts.by_name or rule.record not in self.catalogue.records:
            return
        kinds = list_concerned_agents(self.catalogue, rule.record, self.acts.by_name[name].who)
        if not kinds:
            params = {"record": rule.record, "act": name}
            yield self._refuse(path, BehaviourMessage.AGENT_NOT_CONCERNED, params)
        sum_of_shares = sum(alternative.share.value for alternative in rule.one_of.values())
        if sum_of_shares > 1 + 1e-9:
            params = {"sum": f"{sum_of_shares:g}"}
            yield self._refuse((*path, "one_of"), BehaviourMessage.ALTERNATIVES_TOO_MANY, params)
        if rule.delay and not rule.shares:
            yield self._refuse(path, BehaviourMessage.SHARES_UNFOUNDED, {"rule": ".".join(map(str, path))})
        yield from self._check_fields(path, rule.record, rule.fields, rule.shares, kinds)
        for field in rule.incomplete:
            yield from self._check_word((*path, "incomplete"), "field", field, self._list_fields(rule.record))
            if field not in rule.fields or rule.fields[field].kind not in ("constant", "drawn"):
                yield self._refuse((*path, "incomplete"), BehaviourMessage.INCOMPLETE_UNCLEAR, {"field": repr(field)})
        for key, alternative in rule.one_of.items():
            inner = (*path, "one_of", key)
            yield from self._check_fields(inner, rule.record, alternative.fields, rule.shares, kinds)
            if alternative.if_:
                yield from self._attempt((*inner, "if"), self._list_all_levels, alternative.if_, kinds)

    def _check_following(self, path: Path, rule: FollowingRule) -> Problems:
        yield from self._check_record((*path, "record"), rule.record, rule.source)
        when = rule.when
        for name in (when.enters, when.leaves, when.not_on):
            if name:
                yield from self._check_word((*path, "when"), "list", name, self.catalogue.lists)
        if when.reaches:
            yield from self._check_word((*path, "when"), "scheme", when.reaches.scheme, self.catalogue.schemes)
        if rule.about:
            yield from self._check_word((*path, "about"), "record", rule.about, self.catalogue.records)
        yield from self._check_time((*path, "days"), rule.days)
        yield from self._check_fields(path, rule.record, rule.fields, rule.shares, ("person", "firm"))

    def _check_dispute(self) -> Problems:
        rule, path = self.rules.disputes, ("disputes",)
        if rule is None:
            return
        if isinstance(rule.days, ActingTime):
            yield from self._check_time((*path, "days"), rule.days)
        if rule.record:
            yield from self._check_record((*path, "record"), rule.record, None)
            yield from self._check_fields(path, rule.record, rule.fields, "", ("person", "firm"))
        if rule.about:
            yield from self._check_word((*path, "about"), "record", rule.about, self.catalogue.records)

    def _check_effects(self) -> Problems:
        for name in self.rules.measures:
            yield from self._check_word(("measures", name), "measure", name, self.catalogue.measures)
        for field in self.rules.truth.debt.performs.by_channel if self.rules.truth else ():
            path = ("truth", "debt", "performs", "by_channel", field)
            yield from self._check_word(path, "channel", field, self.channels.rules.fields)

    def _check_time(self, path: Path, time: ActingTime) -> Problems:
        if time.within and find_term(self.catalogue, time.within) is None:
            yield self._refuse(path, BehaviourMessage.TERM_UNKNOWN, {"name": repr(time.within)})

    def _check_record(self, path: Path, name: str, source: str | None) -> Problems:
        yield from self._check_word(path, "record", name, self.catalogue.records)
        if name in self.catalogue.records and source and source not in self.catalogue.records[name].by:
            wrong = Message(BehaviourMessage.SOURCE_WITHOUT_MANDATE, {"source": source, "record": repr(name)})
            right = ", ".join(self.catalogue.records[name].by)
            yield LaboratoryError(wrong, where=self.file.locate(*path), remedy=right)

    def _check_fields(
        self, path: Path, record: str, fields: Fields, shares: str, kinds: tuple[AgentKind, ...]
    ) -> Problems:
        if record not in self.catalogue.records:
            return
        known_fields = self.catalogue.records[record].fields
        for field, source in fields.items():
            place = (*path, "fields", field)
            yield from self._check_word(place, "field", field, known_fields)
            if source.is_drawn and not shares:
                yield self._refuse(path, BehaviourMessage.SHARES_UNFOUNDED, {"rule": ".".join(map(str, path))})
            if field in known_fields:
                yield from self._check_source(place, field, record, source, kinds)

    def _check_source(
        self, path: Path, field: str, record: str, source: FieldSource, kinds: tuple[AgentKind, ...]
    ) -> Problems:
        rule = self.catalogue.records[record].fields[field]
        for value in source.values:
            yield from self._attempt(path, read_field_value, field, rule, value)
        if source.reference:
            yield from self._attempt(path, self._list_all_levels, source.reference, kinds)
            yield from self._attempt(path, self._refuse_if_level_missing, source, kinds)

    def _list_all_levels(self, reference: str, kinds: tuple[AgentKind, ...]) -> None:
        for kind in kinds:
            self.scope.list_levels(reference, kind)

    def _refuse_if_level_missing(self, source: FieldSource, kinds: tuple[AgentKind, ...]) -> None:
        for kind in kinds if source.levels else ():
            for level in self.scope.list_levels(source.reference, kind) or ():
                if level not in source.levels:
                    params = {"reference": source.reference, "level": level}
                    raise LaboratoryError(Message(BehaviourMessage.LEVEL_MISSING, params), remedy=f"{level}: …")

    def _attempt(self, path: Path, check: Callable[..., object], *parts: object) -> Problems:
        try:
            check(*parts)
        except LaboratoryError as problem:
            if problem.where is None:
                problem.where = self.file.locate(*path)
            yield problem

    def _check_word(self, path: Path, kind: str, name: str, names: Iterable[str] | Mapping[str, object]) -> Problems:
        words = list(names)
        if name not in words:
            unknown = Message(BehaviourMessage.WORD_UNKNOWN, {"kind": kind, "name": repr(name)})
            near = get_close_matches(name, words, n=3) or words
            yield LaboratoryError(unknown, where=self.file.locate(*path), remedy=", ".join(near))

    def _list_fields(self, record: str) -> Mapping[str, object]:
        return self.catalogue.records[record].fields

    def _refuse(self, path: Path, code: BehaviourMessage, params: Mapping[str, str]) -> LaboratoryError:
        return LaboratoryError(Message(code, dict(params)), where=self.file.locate(*path))


def find_term(catalogue: Catalogue, name: str) -> int | None:
    """The days that a catalogue itself gives an authority: to take off a list, or to decide an appeal."""
    if name in catalogue.lists:
        return catalogue.lists[name].ends_within
    procedure = catalogue.procedures.get(name)
    return procedure.appeal.decided_in if procedure and procedure.appeal else None
