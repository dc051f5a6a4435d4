"""A catalogue: records, schemes, cases, lists, measures and procedures; every key known, every rule with its basis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, Field

from goodstanding.catalogue.primitives import (
    BASIS,
    AdmittedSource,
    Article,
    Audience,
    Code,
    CodedTerm,
    Days,
    DecidedTerm,
    Expression,
    Instrument,
    LegalRule,
    Length,
    Name,
    Source,
    StrictModel,
    SubjectKind,
    Version,
)
from goodstanding.catalogue.procedures import (
    AppealRule,
    CaseExemption,
    CaseRule,
    CaseStep,
    DecisionRule,
    InterimRule,
    ListRule,
    Measure,
    NoticeRule,
    Procedure,
    ProcedureStep,
    RepairClass,
    RepairRule,
)
from goodstanding.catalogue.records import AdmissionRule, CourtRule, Explanation, FieldRule, IdentifierRule, RecordType
from goodstanding.catalogue.schemes import (
    Band,
    Bonus,
    Characteristic,
    ConductItem,
    DirectGrade,
    Discretion,
    GradingScheme,
    StartingPoints,
    UngradedRule,
)
from goodstanding.subjects import SCHEMES, IdentifierScheme

__all__ = [
    "BASIS",
    "Accountability",
    "AdmissionRule",
    "AdmittedSource",
    "AppealRule",
    "Article",
    "Audience",
    "Band",
    "Bonus",
    "CaseExemption",
    "CaseRule",
    "CaseStep",
    "Catalogue",
    "Characteristic",
    "Code",
    "CodedTerm",
    "ConductItem",
    "CourtRule",
    "DecidedTerm",
    "DecisionRule",
    "DirectGrade",
    "Discretion",
    "Explanation",
    "Expression",
    "FieldRule",
    "GradingScheme",
    "IdentifierRule",
    "Instrument",
    "InterimRule",
    "LegalRule",
    "Length",
    "ListRule",
    "Measure",
    "Name",
    "NoticeRule",
    "Procedure",
    "ProcedureStep",
    "RecordType",
    "RepairClass",
    "RepairRule",
    "Source",
    "StartingPoints",
    "UngradedRule",
]  # fmt: skip

_NOT_RULES = ("instruments", "sources", "feeds", "examples", "files")


class Accountability(LegalRule):
    """Who answers for the rules: the body that reports on errors, appeals and disparity, and how often."""

    body: str
    reports: Length
    comment_days: Days


class Catalogue(StrictModel):
    """A versioned set of rules. `files` is the exact text it was read from, `digest` names that text.

    `calendar` is the ISO code of the country whose holidays are no working days, and of its region; `time_zone` is
    where the catalogue's days begin and end.
    `courts` are kinds of source that a law founds as courts, beside those of the charter's list.
    `admissions` are the kinds of source whose members the register admits by events, beside those named as sources.
    `organisations` says whether only undertakings are meant, or every organisation, unions and associations included.
    `backwards` lets effects begin before the rules were in force, `milder` lets a milder later rule apply to earlier
    conduct. `twin` names the catalogue of the same law in the other mode, and `differs` says how this one differs.
    """

    catalogue: Name
    version: Version
    mode: Literal["live", "lab"]
    title: str
    summary: str
    in_force: date
    until: date | None = None
    month_sums: Literal["last-day", "next-day"] = "last-day"
    calendar: str = Field("", pattern=r"^([A-Z]{2}(-[A-Z0-9]{1,3})?)?$")
    time_zone: str = ""
    subjects: tuple[SubjectKind, ...]
    organisations: Literal["undertakings", "all"] = "undertakings"
    backwards: bool = False
    milder: bool = True
    look_ups: Literal["logged", "unlogged"] = "logged"
    answers: Accountability | None = None
    twin: Name | None = None
    differs: tuple[str, ...] = ()
    use: dict[Name, tuple[str, ...]] = {}
    identifiers: dict[Name, IdentifierRule] = {}
    records: dict[Name, RecordType]
    courts: dict[Name, CourtRule] = {}
    admissions: dict[Name, AdmissionRule] = {}
    schemes: dict[Name, GradingScheme] = {}
    procedures: dict[Name, Procedure] = {}
    repair_classes: dict[Name, RepairClass] = {}
    cases: dict[Name, CaseRule] = {}
    lists: dict[Name, ListRule] = {}
    measures: dict[Name, Measure] = {}
    instruments: dict[Name, Instrument] = {}
    sources: tuple[Source, ...] = ()
    feeds: dict[Name, Any] = {}
    examples: tuple[Any, ...] = ()
    files: dict[str, str] = {}
    digest: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Catalogue) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def name(self) -> str:
        """The catalogue's name, the same in every version."""
        return self.catalogue

    @cached_property
    def mandates(self) -> dict[str, frozenset[str]]:
        """For each source, the record types it may issue; none for one of a kind that is admitted no more."""
        named_kinds = {source.kind for source in self.sources} | self.admissions.keys()
        records_by_kind = {
            kind: frozenset(name for name, record in self.records.items() if kind in record.by) for kind in named_kinds
        }
        return {
            source.id: frozenset() if self._is_admitted_no_more(source) else records_by_kind[source.kind]
            for source in self.sources
        }

    @cached_property
    def source_kinds(self) -> Mapping[str, str]:
        """The kind of each source."""
        return {source.id: source.kind for source in self.sources}

    def _is_admitted_no_more(self, source: Source) -> bool:
        return isinstance(source, AdmittedSource) and source.kind not in self.admissions

    def list_admissible_kinds(self, record: str) -> tuple[str, ...]:
        """The kinds of source that may issue a record type and whose members are admitted by events."""
        return tuple(kind for kind in self.records[record].by if kind in self.admissions)

    def add_sources(self, sources: Iterable[Source]) -> Catalogue:
        """The same rules with sources that the register admitted; what the rules say themselves goes before."""
        named = {source.id for source in self.sources}
        added = (source for source in sources if source.id not in named)
        extended = self.model_copy(update={"sources": (*self.sources, *added)})
        for name in ("mandates", "source_kinds"):
            extended.__dict__.pop(name, None)  # worked out for the sources of before
        return extended

    def has_mandate(self, source: str, record: str, day: date) -> bool:
        """Whether a source may issue records of a type on a day."""
        if record not in self.mandates.get(source, ()):
            return False
        named = next(candidate for candidate in self.sources if candidate.id == source)
        return not isinstance(named, AdmittedSource) or named.is_at_work(day)

    @cached_property
    def identifier_schemes(self) -> Mapping[str, IdentifierScheme]:
        """The schemes by which its feeds can name subjects: those of the package, and those that it declares."""
        return {**SCHEMES, **{name: rule.build_scheme(name) for name, rule in self.identifiers.items()}}

    @cached_property
    def repeals(self) -> Mapping[str, date]:
        """For each scheme, list and measure the day on which the first law ends that it rests on, where one does."""
        rules: Mapping[str, LegalRule] = {**self.schemes, **self.lists, **self.measures}
        ends: dict[str, date | None] = {}
        for name in rules:
            self._find_repeal(rules, name, ends)
        return {name: day for name in rules if (day := ends[name])}

    def _find_repeal(self, rules: Mapping[str, LegalRule], name: str, ends: dict[str, date | None]) -> date | None:
        """The first end of the laws of a rule and of what it is made from; each rule is asked once."""
        if name not in ends:
            rule = rules[name]
            grounds: tuple[str | None, ...] = (rule.list, rule.scheme) if isinstance(rule, Measure) else ()
            grounds += rule.from_ if isinstance(rule, ListRule) else ()
            days = [
                self.find_end_of_law(*self._list_own_bases(rule)),
                *(self._find_repeal(rules, part, ends) for part in grounds if part),
            ]
            ends[name] = min((day for day in days if day), default=None)
        return ends[name]

    def _list_own_bases(self, rule: LegalRule) -> Iterator[str]:
        """The bases of a rule and of the case, the records and the parts of a scheme that it reads."""
        yield rule.basis
        if isinstance(rule, ListRule) and rule.case:
            case = self.cases[rule.case]
            yield from (case.basis, self.records[case.record].basis)
        elif isinstance(rule, GradingScheme):
            yield from (self.records[rule.record].basis, *(part.basis for part in rule.parts))

    def find_end_of_law(self, *bases: str) -> date | None:
        """The first day on which the instrument of one of the bases is no more in force; None where all go on."""
        matches = filter(None, map(BASIS.match, bases))
        instruments = (self.instruments.get(match["instrument"]) for match in matches)
        return min((law.until for law in instruments if law and law.until), default=None)

    def at_work(self, at: date) -> bool:
        """Whether the catalogue's rules are in force at `at`."""
        return self.in_force <= at and (self.until is None or at < self.until)

    def concerned(self, record: str) -> tuple[SubjectKind, ...]:
        """The kinds of subject a record type can be about."""
        return self.records[record].concerns or self.subjects

    def behind(self, listed: str) -> tuple[str, ...]:
        """The cases that can put a subject on a list, through the lists it is made from too."""
        parts = [listed]
        for part in parts:  # grows by the lists that each is made from
            parts += [name for name in self.lists[part].from_ if name not in parts]
        return tuple(dict.fromkeys(case for part in parts if (case := self.lists[part].case)))

    def opening(self, listed: str) -> tuple[str, ...]:
        """The record types that can put a subject on a list, through the lists it is made from too."""
        return tuple(dict.fromkeys(self.cases[name].record for name in self.behind(listed)))

    def resting_on(self, measure: Measure) -> tuple[str, ...]:
        """The record types that a measure rests on, through its list or its scheme."""
        if measure.list:
            return self.opening(measure.list)
        return (self.schemes[measure.scheme].record,) if measure.scheme else ()

    def rules(self) -> Iterator[tuple[tuple[str | int, ...], LegalRule]]:
        """Every rule with its place: `("schemes", "food-hygiene", "bands", 0)`."""
        yield from _walk_rules(self, ())


def _walk_rules(value: Any, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], LegalRule]]:
    if isinstance(value, LegalRule):
        yield place, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in _NOT_RULES:
                yield from _walk_rules(getattr(value, name), (*place, name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk_rules(inner, (*place, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _walk_rules(inner, (*place, index))
