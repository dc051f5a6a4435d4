"""How a grade is worked out, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.schemes import Band, Characteristic, ConductItem, GradingScheme
from goodstanding.web.catalogues.description.rule_lines import build_rule_line
from goodstanding.web.catalogues.schemas import RuleLine
from goodstanding.web.wording.durations import format_duration


def build_scheme_lines(catalogue: Catalogue, name: str, scheme: GradingScheme) -> Iterator[RuleLine]:
    """A scheme, then what counts in it, what is excepted, and which grade is given when."""
    place = f"schemes/{name}"
    yield build_rule_line(
        catalogue, place, scheme, _("In short"), _describe_scheme(scheme), condition=_describe_condition(scheme)
    )
    yield from _build_counted_lines(catalogue, scheme, place)
    yield from _build_exception_lines(catalogue, scheme, place)
    for index, band in enumerate(scheme.bands):
        band_place = f"{place}/bands/{index}"
        yield build_rule_line(
            catalogue, band_place, band, name_grade(band), [_describe_band(band)], condition=band.when
        )


def _describe_condition(scheme: GradingScheme) -> str | None:
    parts = [scheme.score or "", _("counts when %(when)s") % {"when": scheme.counts_when} if scheme.counts_when else ""]
    return "; ".join(filter(None, parts)) or None


def _describe_scheme(scheme: GradingScheme) -> Iterator[str]:
    yield _describe_calculation(scheme)
    if scheme.base is not None:
        yield _("It starts with %(base)s.") % {"base": format_points(scheme.base)}
    if scheme.floor is not None and scheme.cap is not None:
        yield _("Never below %(floor)s, never above %(cap)s.") % {"floor": scheme.floor, "cap": scheme.cap}
    yield _("Anybody sees the grade.") if scheme.audience == "anybody" else _describe_public_grades(scheme)
    if scheme.asked_by == "subject":
        yield _("Worked out only when whom it is about asks for it.")
    if not scheme.kept:
        yield _("It is not kept.")


def _describe_public_grades(scheme: GradingScheme) -> str:
    if not scheme.public_grades:
        return _("Only the parties see the grade.")
    grades = ", ".join(scheme.public_grades)
    return _("Anybody sees the grades %(grades)s, only the parties the others.") % {"grades": grades}


def _describe_calculation(scheme: GradingScheme) -> str:
    if scheme.kind == "points":
        return _("Points are added up from every finding that counts.")
    if scheme.kind == "scorecard":
        return _("The newest record is looked at from several sides; what each gives is weighted and added up.")
    if scheme.over:
        return _("The mean of the findings of the last %(length)s counts.") % {"length": format_duration(scheme.over)}
    return _("The newest finding counts.")


def _build_counted_lines(catalogue: Catalogue, scheme: GradingScheme, place: str) -> Iterator[RuleLine]:
    for index, start in enumerate(scheme.starts):
        heading = _("Starts with %(points)s") % {"points": format_points(start.points)}
        yield build_rule_line(catalogue, f"{place}/starts/{index}", start, heading, condition=start.when)
    for key, item in scheme.items.items():
        yield build_rule_line(
            catalogue, f"{place}/items/{key}", item, item.title, _describe_counted_item(item), condition=item.when
        )
    for key, characteristic in scheme.characteristics.items():
        yield build_rule_line(
            catalogue,
            f"{place}/characteristics/{key}",
            characteristic,
            characteristic.title,
            _describe_weight(characteristic),
            more=list(_list_attribute_points(characteristic)),
        )
    for index, bonus in enumerate(scheme.bonus):
        heading = _("%(length)s without a finding: %(points)s") % {
            "length": format_duration(bonus.after), "points": format_points(bonus.points)}  # fmt: skip
        needed = catalogue.records[bonus.needs].title if bonus.needs else ""
        needs = [_("Needs a record of the type “%(record)s”.") % {"record": needed}] if needed else []
        yield build_rule_line(catalogue, f"{place}/bonus/{index}", bonus, heading, needs)


def format_points(n: int) -> str:
    """`1 point`, `-3 points`."""
    return ngettext("%(n)s point", "%(n)s points", abs(n)) % {"n": f"{n:,}".replace("-", "−")}


def _describe_counted_item(item: ConductItem) -> Iterator[str]:
    worth = format_points(item.points) if isinstance(item.points, int) else _("points: %(sum)s") % {"sum": item.points}
    lasts = _("for %(length)s") % {"length": format_duration(item.counts_for)} if item.counts_for else _("for ever")
    yield f"{worth}, {lasts}."
    for fade in item.fades:
        yield _("After %(length)s: %(points)s.") % {
            "length": format_duration(fade.after),
            "points": format_points(fade.points),
        }
    if item.at_most is not None:
        yield _describe_limit(item.per) % {"n": format_points(item.at_most)}


def _describe_limit(per: str) -> str:
    sentences = {
        "month": _("At most %(n)s in a month."),
        "quarter": _("At most %(n)s in a quarter."),
        "year": _("At most %(n)s in a year."),
        "ever": _("At most %(n)s in all."),
    }
    return sentences[per]


def _describe_weight(characteristic: Characteristic) -> Iterator[str]:
    if characteristic.weight != 100:
        yield _("Weighs %(n)s hundredths.") % {"n": characteristic.weight}
    yield _("Where it costs, the reason given is: %(reason)s") % {"reason": characteristic.reason}


def _list_attribute_points(characteristic: Characteristic) -> Iterator[str]:
    for attribute in characteristic.attributes:
        yield f"{attribute.when}: {format_points(attribute.points)}"


def _build_exception_lines(catalogue: Catalogue, scheme: GradingScheme, place: str) -> Iterator[RuleLine]:
    for index, no in enumerate(scheme.ungraded):
        yield build_rule_line(catalogue, f"{place}/ungraded/{index}", no, _("No grade: %(why)s") % {"why": no.reason},
                   condition=no.when)  # fmt: skip
    for index, direct in enumerate(scheme.direct):
        heading = _("Whatever else counts: grade %(grade)s") % {"grade": direct.grade}
        lasts = [_("For %(length)s.") % {"length": format_duration(direct.counts_for)}] if direct.counts_for else []
        yield build_rule_line(catalogue, f"{place}/direct/{index}", direct, heading, lasts, condition=direct.when)
    for index, may in enumerate(scheme.discretion):
        heading = _("What a source may post instead: grade %(grade)s") % {"grade": may.grade}
        yield build_rule_line(catalogue, f"{place}/discretion/{index}", may, heading, condition=may.when)


def name_grade(band: Band) -> str:
    """A band's grade with its title."""
    grade_name = _("Grade %(grade)s") % {"grade": band.grade}
    return f"{grade_name}: {band.title}" if band.title and band.title != band.grade else grade_name


def _describe_band(band: Band) -> str:
    low, high = band.at_least, band.at_most
    if low is not None and high is not None:
        return _("A score from %(low)s to %(high)s.") % {"low": low, "high": high}
    if low is not None:
        return _("A score of %(low)s or more.") % {"low": low}
    return _("A score of %(high)s or less.") % {"high": high} if high is not None else _("Any other score.")
