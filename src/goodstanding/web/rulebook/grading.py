"""How a grade is worked out, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.model import Band, Characteristic, Item, Scheme
from goodstanding.web.lengths import length
from goodstanding.web.rulebook.lines import line
from goodstanding.web.shapes.catalogues import RuleLine


def scheme_lines(catalogue: Catalogue, name: str, scheme: Scheme) -> Iterator[RuleLine]:
    """A scheme, then what counts in it, what is excepted, and which grade is given when."""
    place = f"schemes/{name}"
    yield line(catalogue, place, scheme, _("In short"), _points(scheme), condition=_condition(scheme))
    yield from _counted(catalogue, scheme, place)
    yield from _excepted(catalogue, scheme, place)
    for index, band in enumerate(scheme.bands):
        given = f"{place}/bands/{index}"
        yield line(catalogue, given, band, grade(band), [_within(band)], condition=band.when)


def _condition(scheme: Scheme) -> str | None:
    parts = [scheme.score or "", _("counts when %(when)s") % {"when": scheme.counts_when} if scheme.counts_when else ""]
    return "; ".join(filter(None, parts)) or None


def _points(scheme: Scheme) -> Iterator[str]:
    yield _way(scheme)
    if scheme.base is not None:
        yield _("It starts with %(base)s.") % {"base": points(scheme.base)}
    if scheme.floor is not None and scheme.cap is not None:
        yield _("Never below %(floor)s, never above %(cap)s.") % {"floor": scheme.floor, "cap": scheme.cap}
    yield _("Anybody sees the grade.") if scheme.audience == "anybody" else _("Only the parties see the grade.")
    if scheme.asked_by == "subject":
        yield _("Worked out only when whom it is about asks for it.")
    if not scheme.kept:
        yield _("It is not kept.")


def _way(scheme: Scheme) -> str:
    if scheme.kind == "points":
        return _("Points are added up from every finding that counts.")
    if scheme.kind == "scorecard":
        return _("The newest record is looked at from several sides; what each gives is weighted and added up.")
    if scheme.over:
        return _("The mean of the findings of the last %(length)s counts.") % {"length": length(scheme.over)}
    return _("The newest finding counts.")


def _counted(catalogue: Catalogue, scheme: Scheme, place: str) -> Iterator[RuleLine]:
    for index, start in enumerate(scheme.starts):
        said = _("Starts with %(points)s") % {"points": points(start.points)}
        yield line(catalogue, f"{place}/starts/{index}", start, said, condition=start.when)
    for key, item in scheme.items.items():
        yield line(catalogue, f"{place}/items/{key}", item, item.title, _item(item), condition=item.when)
    for key, one in scheme.characteristics.items():
        yield line(
            catalogue, f"{place}/characteristics/{key}", one, one.title, _weighed(one), more=list(_attributes(one))
        )
    for index, bonus in enumerate(scheme.bonus):
        said = _("%(length)s without a finding: %(points)s") % {
            "length": length(bonus.after), "points": points(bonus.points)}  # fmt: skip
        needed = catalogue.records[bonus.needs].title if bonus.needs else ""
        needs = [_("Needs a record of the type “%(record)s”.") % {"record": needed}] if needed else []
        yield line(catalogue, f"{place}/bonus/{index}", bonus, said, needs)


def points(n: int) -> str:
    """`1 point`, `-3 points`."""
    return ngettext("%(n)s point", "%(n)s points", abs(n)) % {"n": f"{n:,}".replace("-", "−")}


def _item(item: Item) -> Iterator[str]:
    worth = points(item.points) if isinstance(item.points, int) else _("points: %(sum)s") % {"sum": item.points}
    lasts = _("for %(length)s") % {"length": length(item.counts_for)} if item.counts_for else _("for ever")
    yield f"{worth}, {lasts}."
    for fade in item.fades:
        yield _("After %(length)s: %(points)s.") % {"length": length(fade.after), "points": points(fade.points)}
    if item.at_most is not None:
        yield _per(item.per) % {"n": points(item.at_most)}


def _per(per: str) -> str:
    said = {
        "month": _("At most %(n)s in a month."),
        "quarter": _("At most %(n)s in a quarter."),
        "year": _("At most %(n)s in a year."),
        "ever": _("At most %(n)s in all."),
    }
    return said[per]


def _weighed(one: Characteristic) -> Iterator[str]:
    if one.weight != 100:
        yield _("Weighs %(n)s hundredths.") % {"n": one.weight}
    yield _("Where it costs, the reason given is: %(reason)s") % {"reason": one.reason}


def _attributes(one: Characteristic) -> Iterator[str]:
    for attribute in one.attributes:
        yield f"{attribute.when}: {points(attribute.points)}"


def _excepted(catalogue: Catalogue, scheme: Scheme, place: str) -> Iterator[RuleLine]:
    for index, no in enumerate(scheme.ungraded):
        yield line(catalogue, f"{place}/ungraded/{index}", no, _("No grade: %(why)s") % {"why": no.reason},
                   condition=no.when)  # fmt: skip
    for index, direct in enumerate(scheme.direct):
        said = _("Whatever else counts: grade %(grade)s") % {"grade": direct.grade}
        lasts = [_("For %(length)s.") % {"length": length(direct.counts_for)}] if direct.counts_for else []
        yield line(catalogue, f"{place}/direct/{index}", direct, said, lasts, condition=direct.when)
    for index, may in enumerate(scheme.discretion):
        said = _("What a source may post instead: grade %(grade)s") % {"grade": may.grade}
        yield line(catalogue, f"{place}/discretion/{index}", may, said, condition=may.when)


def grade(band: Band) -> str:
    """A band's grade with its title."""
    said = _("Grade %(grade)s") % {"grade": band.grade}
    return f"{said}: {band.title}" if band.title and band.title != band.grade else said


def _within(band: Band) -> str:
    low, high = band.at_least, band.at_most
    if low is not None and high is not None:
        return _("A score from %(low)s to %(high)s.") % {"low": low, "high": high}
    if low is not None:
        return _("A score of %(low)s or more.") % {"low": low}
    return _("A score of %(high)s or less.") % {"high": high} if high is not None else _("Any other score.")
