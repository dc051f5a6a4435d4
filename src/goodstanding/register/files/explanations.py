"""Outcomes in plain words: why a grade, a listing or a measure is what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goodstanding.catalogue.conditions import NUMBER, parse_condition
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.schemes import Band, GradingScheme
from goodstanding.procedure.case_states import Act
from goodstanding.register.files.case_steps import CaseDecision


@dataclass(frozen=True, slots=True)
class ExplainedOutcome:
    """What is to be explained: a measure under a catalogue, its value, its score, and the code `standing` gave.

    `decision` is the last one of the case heard here that it follows from.
    """

    catalogue: Catalogue
    measure: str
    value: str | None
    score: int | None
    code: str
    decision: CaseDecision | None = None

    @property
    def scheme(self) -> GradingScheme:
        """The scheme that the outcome is a grade of."""
        return self.catalogue.schemes[self.measure]

    @property
    def detail(self) -> str:
        """What the code says after its kind."""
        return self.code.partition(":")[2]


def explain_outcome(outcome: ExplainedOutcome, fields: Mapping[str, Any]) -> list[str]:
    """Sentences that say why an outcome is what it is; `fields` are those of the newest record it rests on."""
    kind = outcome.code.partition(":")[0]
    if outcome.measure in outcome.catalogue.schemes:
        if kind == "band":
            return _explain_band(outcome.catalogue, outcome.scheme, int(outcome.detail), outcome.score, fields)
        sentences = _GRADED[kind](outcome) if kind in _GRADED else []
        bounds = _explain_score_band(outcome) if kind in _SUMMED else []
        return [sentence for sentence in (*sentences, *bounds) if sentence]
    followed = _FOLLOWED.get(kind)
    if followed:
        return followed(outcome)
    return [*_explain_by_list(outcome), *_explain_case_step(outcome.catalogue, outcome.detail)]


def _explain_undecided_grade(outcome: ExplainedOutcome) -> list[str]:
    return [
        _("Cannot be decided: %(fields)s is missing.")
        % {"fields": _join_field_titles(outcome.catalogue, outcome.scheme, outcome.detail)}
    ]


def _explain_unproven_grade(outcome: ExplainedOutcome) -> list[str]:
    return [_("Shown as its source published it. The findings behind it are not on file, so it is unproven.")]


def _explain_direct_grade(outcome: ExplainedOutcome) -> list[str]:
    rule = outcome.scheme.direct[int(outcome.detail)]
    return [rule.says, _("So the grade is %(grade)s, whatever else counts.") % {"grade": rule.grade}]


def _explain_mean(outcome: ExplainedOutcome) -> list[str]:
    sentence = _("The mean of the findings that count is %(score)s; there are %(n)s.")
    return [sentence % {"score": outcome.score, "n": outcome.detail}]


def _explain_score_reasons(outcome: ExplainedOutcome) -> list[str]:
    sides = outcome.scheme.characteristics
    cost = [sides[name].reason for name in outcome.detail.split(",") if name in sides]
    sentences = [_("The score is %(score)s.") % {"score": outcome.score}]
    return [*sentences, _("What cost most: %(reasons)s.") % {"reasons": ", ".join(cost)}] if cost else sentences


def _explain_bonus(outcome: ExplainedOutcome) -> list[str]:
    return [
        _("%(score)s points, of which %(bonus)s for clean time.") % {"score": outcome.score, "bonus": outcome.detail}
    ]


_SUMMED = ("points", "bonus", "reasons", "mean")
_GRADED: dict[str, Callable[[ExplainedOutcome], list[str]]] = {
    "ungraded": lambda outcome: [outcome.scheme.ungraded[int(outcome.detail)].reason],
    "discretion": lambda outcome: [outcome.scheme.discretion[int(outcome.detail)].says],
    "unproven": _explain_unproven_grade,
    "undecided": _explain_undecided_grade,
    "bonus": _explain_bonus,
    "points": lambda outcome: [_("%(score)s points.") % {"score": outcome.score}],
    "direct": _explain_direct_grade,
    "mean": _explain_mean,
    "reasons": _explain_score_reasons,
}


def _explain_by_grade(outcome: ExplainedOutcome) -> list[str]:
    scheme = outcome.catalogue.schemes.get(str(outcome.value))
    title = scheme.title if scheme else str(outcome.value)
    return [_("It follows from “%(scheme)s” being %(grade)s.") % {"scheme": title, "grade": outcome.detail}]


def _explain_by_lists(outcome: ExplainedOutcome) -> list[str]:
    named = [
        outcome.catalogue.lists[name].title for name in outcome.detail.split(",") if name in outcome.catalogue.lists
    ]
    return [_("It follows from standing on: %(lists)s.") % {"lists": ", ".join(named)}]


def _explain_unproved_listing(outcome: ExplainedOutcome) -> list[str]:
    sentence = _(
        "The record does not prove who decided, or that the subject was told and had its days to answer before. So it"
        " shows to its parties only."
    )
    return [*_explain_case_step(outcome.catalogue, outcome.detail), sentence]


def _explain_late_listing(outcome: ExplainedOutcome) -> list[str]:
    sentence = _(
        "It was decided when the authority's days to decide were over. Silence until then counts for the subject, so it"
        " binds nobody and shows to its parties only."
    )
    return [*_explain_case_step(outcome.catalogue, outcome.detail), sentence]


def _explain_heard_case(outcome: ExplainedOutcome) -> list[str]:
    """Which case put a subject on a list, whose it was, and the day of the decision in it that stands."""
    decision = outcome.decision
    if decision is None:
        return []
    names = {authority.id: authority.name for authority in outcome.catalogue.sources}
    sentence = _("Decided after a hearing, case GS-%(case)s, by %(source)s on %(day)s.")
    if decision.act is Act.IMPOSE_INTERIM:
        sentence = _("An interim measure against danger to life, case GS-%(case)s, imposed by %(source)s on %(day)s.")
    source, day = names.get(decision.source, decision.source), date_format(decision.day, "j F Y")
    return [*_explain_by_list(outcome), sentence % {"case": outcome.detail, "source": source, "day": day}]


_FOLLOWED: dict[str, Callable[[ExplainedOutcome], list[str]]] = {
    "hearing": _explain_heard_case,
    "grade": _explain_by_grade,
    "lists": _explain_by_lists,
    "unproved": _explain_unproved_listing,
    "late": _explain_late_listing,
}


def _explain_by_list(outcome: ExplainedOutcome) -> list[str]:
    rule = outcome.catalogue.lists.get(str(outcome.value)) if outcome.measure in outcome.catalogue.measures else None
    return [_("It follows from standing on the list “%(list)s”.") % {"list": rule.title}] if rule else []


def _join_field_titles(catalogue: Catalogue, scheme: GradingScheme, names: str) -> str:
    fields = catalogue.records[scheme.record].fields
    return ", ".join(fields[name].title if name in fields else name for name in names.split(", "))


def _explain_band(
    catalogue: Catalogue, scheme: GradingScheme, index: int, score: int | None, fields: Mapping[str, Any]
) -> list[str]:
    if not scheme.has_numbers:
        return [_explain_facts(catalogue, scheme, scheme.bands[index], fields)]
    band, score_band = scheme.bands[index], _find_band(scheme, score or 0)
    sentences = [_explain_total(catalogue, scheme, score, fields)]
    if score_band is None:
        return sentences
    if score_band is band:
        return [*sentences, *_explain_bounds(scheme, index)]
    sentences.append(
        _("The score of %(score)s alone would give %(grade)s.") % {"score": score, "grade": score_band.grade}
    )
    if score_band.says:
        sentences.append(_("For %(grade)s: %(rule)s") % {"grade": score_band.grade, "rule": score_band.says})
    if band.says:
        sentences.append(_("For %(grade)s: %(rule)s") % {"grade": band.grade, "rule": band.says})
    sentences.append(_("So the grade is %(grade)s.") % {"grade": band.grade})
    return [*sentences, *_explain_direction(scheme)]


def _explain_facts(catalogue: Catalogue, scheme: GradingScheme, band: Band, fields: Mapping[str, Any]) -> str:
    """What of a finding decides its grade, where no number does."""
    declared = catalogue.records[scheme.record].fields
    types = {name: rule.type for name, rule in declared.items()} | {"occurred": "date"}
    reads = [name for name in parse_condition(band.when or "TRUE", types, "when").reads if name in declared]
    parts = ", ".join(f"{declared[name].title} {fields.get(name)}" for name in reads)
    return band.says or _("The finding says: %(parts)s.") % {"parts": parts}


def _explain_total(catalogue: Catalogue, scheme: GradingScheme, score: int | None, fields: Mapping[str, Any]) -> str:
    declared = catalogue.records[scheme.record].fields
    reads = _list_read_fields(scheme.score or "0", tuple((name, rule.type) for name, rule in declared.items()))
    if len(reads) < 2:
        return _("The score is %(score)s.") % {"score": score}
    ordered = [name for name in declared if name in reads]
    parts = ", ".join(f"{declared[name].title} {fields.get(name)}" for name in ordered)
    return _("The score is %(score)s: %(parts)s.") % {"score": score, "parts": parts}


@lru_cache(maxsize=256)
def _list_read_fields(score: str, types: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return parse_condition(score, dict(types), "score", NUMBER).reads


def _explain_score_band(outcome: ExplainedOutcome) -> list[str]:
    """The bounds of the band that a score falls into, where its grade is the one that counts."""
    band = None if outcome.score is None else _find_band(outcome.scheme, outcome.score)
    if band is None or band.grade != outcome.value:
        return []
    return _explain_bounds(outcome.scheme, outcome.scheme.bands.index(band))


def _explain_bounds(scheme: GradingScheme, index: int) -> list[str]:
    """Which scores give a grade, and to which grades lower and higher scores lead."""
    band, before = scheme.bands[index], scheme.bands[:index]
    above = [other.at_most + 1 for other in before if other.at_most is not None and other.at_least is None]
    below = [other.at_least - 1 for other in before if other.at_least is not None and other.at_most is None]
    lowest = max(above, default=None) if band.at_least is None else band.at_least
    highest = min(below, default=None) if band.at_most is None else band.at_most
    if (lowest is None and highest is None) or (lowest is not None and highest is not None and lowest > highest):
        return []  # no bounds at all, or those of a band that a condition shares with another
    title = f" ({band.title})" if band.title else ""
    parameters = {"range": _describe_range(lowest, highest), "grade": f"{band.grade}{title}"}
    condition = (
        [_("For %(grade)s: %(rule)s") % {"grade": band.grade, "rule": band.says}] if band.when and band.says else []
    )
    return [_("Scores %(range)s give %(grade)s.") % parameters, *condition, *_explain_direction(scheme)]


def _describe_range(lowest: int | None, highest: int | None) -> str:
    if lowest is None:
        return _("of %(highest)s or less") % {"highest": highest}
    if highest is None:
        return _("of %(lowest)s or more") % {"lowest": lowest}
    return _("from %(lowest)s to %(highest)s") % {"lowest": lowest, "highest": highest}


def _explain_direction(scheme: GradingScheme) -> list[str]:
    first, last = scheme.bands[0], scheme.bands[-1]
    if len(scheme.bands) < 2 or (first.at_most is None) == (first.at_least is None):
        return []
    low, high = (last, first) if first.at_most is None else (first, last)
    sentence = _("Lower scores lead towards %(low)s, higher scores towards %(high)s.")
    return [sentence % {"low": low.grade, "high": high.grade}]


def _find_band(scheme: GradingScheme, score: int) -> Band | None:
    for band in scheme.bands:
        above = band.at_least is None or score >= band.at_least
        if above and (band.at_most is None or score <= band.at_most):
            return band
    return None


def _explain_case_step(catalogue: Catalogue, step: str) -> list[str]:
    for case in catalogue.cases.values():
        if step in case.steps:
            return [case.steps[step].says or case.steps[step].title]
    return []
