"""Outcomes in plain words: why a grade is what it is, on which article a rule rests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goodstanding.catalogue.basics import CHARTER
from goodstanding.catalogue.conditions import NUMBER, condition
from goodstanding.catalogue.model import BASIS, Band, Based, Catalogue, Scheme
from goodstanding.register.store import rows

_DECIDED = """
SELECT hearing_act.act, hearing.source, hearing_act.day
FROM hearing_act
JOIN hearing ON hearing.position = hearing_act.case_position
WHERE hearing_act.case_position = %s
  AND hearing_act.act IN ('CaseDecided', 'InterimImposed')
ORDER BY hearing_act.position DESC
LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Law:
    """The article a rule rests on, as a page names it, and whether it was compared with its text."""

    instrument: str
    article: str
    title: str
    verified: bool
    note: str

    @property
    def citation(self) -> str:
        """`Código Fiscal de la Federación, art. 69-B`."""
        return f"{self.instrument}, {self.article}"


def law(catalogue: Catalogue, rule: Based) -> Law | None:
    """The basis of a rule; None where the rule inherits its scheme's."""
    match = BASIS.match(rule.basis)
    if not match:
        return None
    kind = rule.basis.split(" ")[1]
    if match["instrument"] == CHARTER:
        return Law(_("Charter"), f"{kind} {match['article']}", "", rule.verified, rule.note)
    instrument = catalogue.instruments[match["instrument"]]
    article = instrument.articles[match["article"]]
    return Law(
        instrument.title, f"{kind} {match['article']}", article.title, article.verified and rule.verified, rule.note
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is to be explained: a measure under a catalogue, its value, its score, and the code `standing` gave."""

    catalogue: Catalogue
    measure: str
    value: str | None
    score: int | None
    code: str

    @property
    def scheme(self) -> Scheme:
        """The scheme that the outcome is a grade of."""
        return self.catalogue.schemes[self.measure]

    @property
    def rest(self) -> str:
        """What the code says after its kind."""
        return self.code.partition(":")[2]


def why(outcome: Outcome, fields: Mapping[str, Any]) -> list[str]:
    """Sentences that say why an outcome is what it is; `fields` are those of the newest record it rests on."""
    kind = outcome.code.partition(":")[0]
    if outcome.measure in outcome.catalogue.schemes:
        if kind == "band":
            return _band(outcome.catalogue, outcome.scheme, int(outcome.rest), outcome.score, fields)
        return [said for said in _GRADED[kind](outcome) if said] if kind in _GRADED else []
    followed = _FOLLOWED.get(kind)
    if followed:
        return followed(outcome)
    return [*_from_list(outcome), *_listed(outcome.catalogue, outcome.rest)]


def _undecided(one: Outcome) -> list[str]:
    return [_("Cannot be decided: %(fields)s is missing.") % {"fields": _titles(one.catalogue, one.scheme, one.rest)}]


def _unproven(one: Outcome) -> list[str]:
    return [_("Shown as its source published it. The findings behind it are not on file, so it is unproven.")]


def _direct(one: Outcome) -> list[str]:
    rule = one.scheme.direct[int(one.rest)]
    return [rule.says, _("So the grade is %(grade)s, whatever else counts.") % {"grade": rule.grade}]


def _mean(one: Outcome) -> list[str]:
    said = _("The mean of the findings that count is %(score)s; there are %(n)s.")
    return [said % {"score": one.score, "n": one.rest}]


def _reasons(one: Outcome) -> list[str]:
    sides = one.scheme.characteristics
    cost = [sides[name].reason for name in one.rest.split(",") if name in sides]
    said = [_("The score is %(score)s.") % {"score": one.score}]
    return [*said, _("What cost most: %(reasons)s.") % {"reasons": ", ".join(cost)}] if cost else said


def _bonus(one: Outcome) -> list[str]:
    return [_("%(score)s points, of which %(bonus)s for clean time.") % {"score": one.score, "bonus": one.rest}]


_GRADED: dict[str, Callable[[Outcome], list[str]]] = {
    "ungraded": lambda one: [one.scheme.ungraded[int(one.rest)].reason],
    "discretion": lambda one: [one.scheme.discretion[int(one.rest)].says],
    "unproven": _unproven,
    "undecided": _undecided,
    "bonus": _bonus,
    "points": lambda one: [_("%(score)s points.") % {"score": one.score}],
    "direct": _direct,
    "mean": _mean,
    "reasons": _reasons,
}


def _from_grade(one: Outcome) -> list[str]:
    scheme = one.catalogue.schemes.get(str(one.value))
    title = scheme.title if scheme else str(one.value)
    return [_("It follows from “%(scheme)s” being %(grade)s.") % {"scheme": title, "grade": one.rest}]


def _from_lists(one: Outcome) -> list[str]:
    named = [one.catalogue.lists[name].title for name in one.rest.split(",") if name in one.catalogue.lists]
    return [_("It follows from standing on: %(lists)s.") % {"lists": ", ".join(named)}]


def _unproved(one: Outcome) -> list[str]:
    said = _("The record does not prove who decided, or that the subject was told. So it shows to its parties only.")
    return [*_listed(one.catalogue, one.rest), said]


def _heard(one: Outcome) -> list[str]:
    """Which case put a subject on a list, whose it was, and the day of the decision in it that stands."""
    found = rows(_DECIDED, [int(one.rest)])
    if not found:
        return []
    kind, source, day = found[0]
    names = {each.id: each.name for each in one.catalogue.sources}
    said = _("Decided after a hearing, case GS-%(case)s, by %(source)s on %(day)s.")
    if kind == "InterimImposed":
        said = _("An interim measure against danger to life, case GS-%(case)s, imposed by %(source)s on %(day)s.")
    on = date_format(date.fromisoformat(str(day)), "j F Y")
    return [*_from_list(one), said % {"case": one.rest, "source": names.get(source, source), "day": on}]


_FOLLOWED: dict[str, Callable[[Outcome], list[str]]] = {
    "hearing": _heard,
    "grade": _from_grade,
    "lists": _from_lists,
    "unproved": _unproved,
}


def _from_list(one: Outcome) -> list[str]:
    rule = one.catalogue.lists.get(str(one.value)) if one.measure in one.catalogue.measures else None
    return [_("It follows from standing on the list “%(list)s”.") % {"list": rule.title}] if rule else []


def _titles(catalogue: Catalogue, scheme: Scheme, names: str) -> str:
    fields = catalogue.records[scheme.record].fields
    return ", ".join(fields[name].title if name in fields else name for name in names.split(", "))


def _band(catalogue: Catalogue, scheme: Scheme, index: int, score: int | None, fields: Mapping[str, Any]) -> list[str]:
    given, alone = scheme.bands[index], _by_score(scheme, score or 0)
    said = [_total(catalogue, scheme, score, fields)]
    if alone is given or alone is None:
        return said
    said.append(_("The score of %(score)s alone would give %(grade)s.") % {"score": score, "grade": alone.grade})
    if alone.says:
        said.append(_("For %(grade)s: %(rule)s") % {"grade": alone.grade, "rule": alone.says})
    return [*said, _("So the grade is %(grade)s.") % {"grade": given.grade}]


def _total(catalogue: Catalogue, scheme: Scheme, score: int | None, fields: Mapping[str, Any]) -> str:
    declared = catalogue.records[scheme.record].fields
    reads = _reads(scheme.score or "0", tuple((name, rule.type) for name, rule in declared.items()))
    if len(reads) < 2:
        return _("The score is %(score)s.") % {"score": score}
    ordered = [name for name in declared if name in reads]
    parts = ", ".join(f"{declared[name].title} {fields.get(name)}" for name in ordered)
    return _("The score is %(score)s: %(parts)s.") % {"score": score, "parts": parts}


@lru_cache(maxsize=256)
def _reads(score: str, types: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return condition(score, dict(types), "score", NUMBER).reads


def _by_score(scheme: Scheme, score: int) -> Band | None:
    for band in scheme.bands:
        above = band.at_least is None or score >= band.at_least
        if above and (band.at_most is None or score <= band.at_most):
            return band
    return None


def _listed(catalogue: Catalogue, step: str) -> list[str]:
    for case in catalogue.cases.values():
        if step in case.steps:
            return [case.steps[step].says or case.steps[step].title]
    return []
