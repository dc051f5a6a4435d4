"""Outcomes in plain words: why a grade is what it is, on which article a rule rests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.catalogue.checks import CHARTER
from goodstanding.catalogue.conditions import NUMBER, condition
from goodstanding.catalogue.model import BASIS, Band, Based, Catalogue, Scheme


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


def why(catalogue: Catalogue, measure: str, code: str, score: int | None, fields: Mapping[str, Any]) -> list[str]:
    """Sentences that say why an outcome is what it is, from the code that `standing` gave with it."""
    kind, _colon, rest = code.partition(":")
    scheme = catalogue.schemes.get(measure)
    if scheme is None:
        return _listed(catalogue, measure, rest)
    if kind == "band":
        return _band(catalogue, scheme, int(rest), score, fields)
    ways: dict[str, Callable[[], list[str]]] = {
        "ungraded": lambda: [scheme.ungraded[int(rest)].reason],
        "discretion": lambda: [scheme.discretion[int(rest)].says],
        "unproven": lambda: [
            _("Shown as its source published it. The findings behind it are not on file, so it is unproven.")
        ],
        "undecided": lambda: [
            _("Cannot be decided: %(fields)s is missing.") % {"fields": _titles(catalogue, scheme, rest)}
        ],
        "bonus": lambda: [_("%(score)s points, of which %(bonus)s for clean time.") % {"score": score, "bonus": rest}],
        "points": lambda: [_("%(score)s points.") % {"score": score}],
    }
    return ways[kind]() if kind in ways else []


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


def _listed(catalogue: Catalogue, measure: str, step: str) -> list[str]:
    for case in catalogue.cases.values():
        if step in case.steps:
            return [case.steps[step].says or case.steps[step].title]
    return []
