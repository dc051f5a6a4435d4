"""Cases and lists as arrays: the rules are asked which steps each variant states, and whether they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from goodstanding import standing
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.primitives import CodedTerm, DecidedTerm
from goodstanding.catalogue.procedures import ENDING_ROLES, CaseStep
from goodstanding.lab.compilation.answers.probe_records import Probe, ProbeTable, Variant
from goodstanding.lab.compilation.array_types import NONE, Lengths
from goodstanding.lab.compilation.array_values import make_days, make_indexes, make_lengths, make_starts, make_truths
from goodstanding.lab.compilation.case_arrays import CaseArrays
from goodstanding.lab.compilation.rule_refusals import refuse_rule
from goodstanding.messages import BehaviourMessage, Message
from goodstanding.procedure.intervals import find_end_of_step

Term = Period | CodedTerm | DecidedTerm | None
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StatedBy:
    """A step that a variant states: how long after the conduct it is and is public, and whether it holds.

    `holds` is None where that stays open.
    """

    step: int
    on: Period
    public: Period | None
    holds: bool | None


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """What the rules say of a variant: the steps that it states, and on which code and day lengths of time depend."""

    steps: tuple[StatedBy, ...]
    code: str | None
    until: Period | None


def ask_cases(catalogue: Catalogue, table: ProbeTable) -> CaseArrays | None:
    """The arrays of a catalogue's cases; None where it has none. Raises LaboratoryError for a rule without arrays."""
    if not catalogue.cases:
        return None
    steps = [(name, key) for name, case in catalogue.cases.items() for key in case.steps]
    return _build_arrays(catalogue, table, steps, _CaseQuestion(catalogue, table, steps).ask())


def list_openings(catalogue: Catalogue, variants: Sequence[Variant]) -> list[int | None]:
    """For each variant the first one that opens the case which it follows; None where it opens one itself, or none."""
    opening = {case.record for case in catalogue.cases.values()}
    firsts = {variant.record: place for place, variant in reversed(list(enumerate(variants)))}
    return [
        None
        if variant.record in opening
        else firsts.get(variant.about or catalogue.records[variant.record].about or "")
        for variant in variants
    ]


@dataclass(frozen=True, slots=True)
class _CaseQuestion:
    catalogue: Catalogue
    table: ProbeTable
    steps: list[tuple[str, str]]

    def ask(self) -> list[CaseAnswer]:
        """One answer for each variant, the same on every day that was tried."""
        steps = standing.compute_stated_steps(self.table.records, self.catalogue)
        rows = defaultdict[int, list[Row]](list)
        for row in steps.to_pylist() if steps else ():
            rows[row["position"]].append(row)
        answers: list[CaseAnswer | None] = [None] * len(self.table.variants)
        for probe in self.table.probes:
            answer = self._read_answer(probe, rows[probe.position])
            if answers[probe.variant] not in (None, answer):
                record = self.table.variants[probe.variant].record
                reason = Message(BehaviourMessage.ANSWERS_DIFFER, {"record": record})
                raise refuse_rule(self.catalogue, ("cases",), reason)
            answers[probe.variant] = answer
        return [answer for answer in answers if answer]

    def _read_answer(self, probe: Probe, rows: list[Row]) -> CaseAnswer:
        stated = [self._read_step(probe, row) for row in rows]
        own_rows = [row for row in rows if row["case_position"] == probe.position]
        code = next((row["code"] for row in own_rows if row["code"] is not None), None)
        until = next((row["until"] for row in own_rows if row["until"] is not None), None)
        length = None if until is None else self._find_length(probe, until)
        return CaseAnswer(tuple(sorted(stated, key=lambda step: step.step)), code, length)

    def _read_step(self, probe: Probe, row: Row) -> StatedBy:
        step = self.steps.index((row["name"], row["step"]))
        public = None if row["public_day"] is None else self._find_length(probe, row["public_day"])
        return StatedBy(step, self._find_length(probe, row["day"]), public, row["holds"])

    def _find_length(self, probe: Probe, day: date) -> Period:
        """Which of the lengths in the variant leads to a day."""
        for length in self.table.variants[probe.variant].lengths:
            if length.after(probe.day, self.catalogue.month_sums) == day:
                return length
        raise refuse_rule(self.catalogue, ("cases",), Message(BehaviourMessage.LENGTH_NOT_FOUND, {"day": day}))


def _build_arrays(
    catalogue: Catalogue, table: ProbeTable, steps: list[tuple[str, str]], answers: list[CaseAnswer]
) -> CaseArrays:
    cases, lists = list(catalogue.cases), list(catalogue.lists)
    codes, opening = list(_iterate_codes(catalogue)), {case.record for case in catalogue.cases.values()}
    rules = [catalogue.cases[name].steps[key] for name, key in steps]
    stated = [step for answer in answers for step in answer.steps]
    return CaseArrays(
        case_names=tuple(cases),
        step_names=tuple(f"{name}.{key}" for name, key in steps),
        list_names=tuple(lists),
        code_names=tuple(codes),
        is_opening=make_truths(variant.record in opening for variant in table.variants),
        step_starts=make_starts([answer.steps for answer in answers]),
        stated_steps=make_indexes(step.step for step in stated),
        stated_on=make_lengths(step.on for step in stated),
        stated_public=make_lengths(step.public for step in stated),
        stated_holds=np.array([NONE if step.holds is None else int(step.holds) for step in stated], np.int8),
        codes=make_indexes(codes.index(answer.code) if answer.code in codes else NONE for answer in answers),
        untils=make_lengths(answer.until for answer in answers),
        step_cases=make_indexes(cases.index(name) for name, _key in steps),
        step_after=make_truths(
            [name == other and key in rule.after for other, key in steps]
            for (name, _key), rule in zip(steps, rules, strict=True)
        ),
        step_not_before=_make_terms([rule.not_before for rule in rules], codes, Period(0)),
        step_releases=make_truths(_is_releasing(rule) for rule in rules),
        step_is_shown=make_truths(rule.public_on is not None for rule in rules),
        step_law_until=make_days(find_end_of_step(catalogue, name, key) for name, key in steps),
        **_build_list_arrays(catalogue, lists, cases, steps, codes),
    )


def _build_list_arrays(
    catalogue: Catalogue, lists: list[str], cases: list[str], steps: list[tuple[str, str]], codes: list[str]
) -> dict[str, Any]:
    rules = [catalogue.lists[name] for name in lists]
    return {
        "list_cases": make_indexes(cases.index(rule.case) if rule.case else NONE for rule in rules),
        "list_steps": make_truths([rule.case == name and key in rule.while_ for name, key in steps] for rule in rules),
        "list_stays": _make_terms([rule.stays for rule in rules], codes, None),
        "list_has_stay": make_truths(rule.stays is not None for rule in rules),
        "list_by_until": make_truths(isinstance(rule.stays, DecidedTerm) for rule in rules),
        "list_from_public": make_truths(rule.counts_from == "shown" for rule in rules),
        "list_from": make_truths([name in rule.from_ for name in lists] for rule in rules),
        "list_at_least": make_indexes(rule.at_least for rule in rules),
    }


def _is_releasing(rule: CaseStep) -> bool:
    return rule.role in ENDING_ROLES


def _iterate_codes(catalogue: Catalogue) -> Iterator[str]:
    """Every code on which a length of time depends, once."""
    terms: list[Term] = [rule.stays for rule in catalogue.lists.values()]
    terms += [step.not_before for case in catalogue.cases.values() for step in case.steps.values()]
    yield from dict.fromkeys(code for term in terms if isinstance(term, CodedTerm) for code in term.terms)


def _make_terms(terms: list[Term], codes: list[str], otherwise: Period | None) -> Lengths:
    """A row for each term, in it a length for each code and the last one without a code."""
    rows = [_list_lengths(term, codes, otherwise) for term in terms]
    lengths = make_lengths(length for row in rows for length in row)
    return lengths.reshape(len(terms), len(codes) + 1, 2)


def _list_lengths(term: Term, codes: list[str], otherwise: Period | None) -> list[Period | None]:
    if isinstance(term, CodedTerm):
        return [*(term.terms.get(code, otherwise) for code in codes), otherwise]
    length = term.at_most if isinstance(term, DecidedTerm) else term or otherwise
    return [length] * (len(codes) + 1)
