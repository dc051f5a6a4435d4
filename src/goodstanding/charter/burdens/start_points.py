"""Article 11: what running points begin with has no end, so it burdens nobody, whatever a field is said to hold."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.conditions import parse_condition
from goodstanding.catalogue.records import RecordType, field_types
from goodstanding.catalogue.schemes import GradingScheme
from goodstanding.charter.burdens.reachable_grades import find_band_grade, list_reachable_grades
from goodstanding.charter.catalogue_queries import BreachIterator, Path
from goodstanding.messages import Message, TermMessage

_CONDUCT_KINDS = frozenset(
    {"finding", "sanction", "duty", "performance", "ability", "inability", "score", "class", "amount"}
)
_CONDUCT_WEIGHTS = ("decision", "finding", "deed", "listing", "score", "report")


def list_start_breaches(catalogue: Catalogue) -> BreachIterator:
    """Starts that follow from conduct, or by which somebody has a worse grade than others before anything is found."""
    for name, scheme in catalogue.schemes.items():
        if scheme.kind != "points":
            continue
        record = catalogue.records[scheme.starts_with or scheme.record]
        is_of_conduct = bool(record.conduct) or record.states in _CONDUCT_WEIGHTS
        for index, start in enumerate(scheme.starts):
            if is_of_conduct or list_kinds_read(start.when, record) & _CONDUCT_KINDS:
                yield ("schemes", name, "starts", index), Message(TermMessage.START_WITHOUT_END)
        yield from _list_burdening_starts(catalogue, name, scheme)


def list_kinds_read(when: str, record: RecordType) -> set[str]:
    """The kinds of the fields that a condition reads; the day it occurred is of kind `day`."""
    reads = parse_condition(when, field_types(record.fields), "when").reads
    return {record.fields[name].kind if name in record.fields else "day" for name in reads}


def _list_burdening_starts(catalogue: Catalogue, name: str, scheme: GradingScheme) -> BreachIterator:
    """Starts in another grade than that of `base`, nearer to the worst than to the best, or in a supervised one."""
    ordinary = _find_grade(scheme, scheme.base or 0)
    burdening = {*_list_lower_grades(catalogue, name, scheme), *_list_supervised_grades(catalogue, name)}
    for path, points in _list_starts(name, scheme):
        grade = _find_grade(scheme, points)
        if grade != ordinary or grade in burdening:
            yield path, Message(TermMessage.START_BURDENS, {"grade": grade, "points": points})


def _list_starts(name: str, scheme: GradingScheme) -> Iterator[tuple[Path, int]]:
    yield ("schemes", name, "base"), scheme.base or 0
    for index, start in enumerate(scheme.starts):
        yield ("schemes", name, "starts", index), start.points


def _find_grade(scheme: GradingScheme, points: int) -> str:
    """The first band that points alone fall into, between floor and cap."""
    return find_band_grade(scheme, min(max(points, scheme.floor or 0), scheme.cap or 0))


def _list_lower_grades(catalogue: Catalogue, name: str, scheme: GradingScheme) -> tuple[str, ...]:
    """The grades that somebody can have of which more lie above than below, seen from where conduct leads at worst."""
    reachable = list_reachable_grades(catalogue, name)
    upwards = [grade for grade in _list_grades_upwards(scheme) if grade in reachable]
    best_first = upwards[::-1] if _takes_points(scheme) else upwards
    return tuple(best_first[(len(best_first) + 1) // 2 :] if len(best_first) > 1 else best_first)


def _list_grades_upwards(scheme: GradingScheme) -> Iterator[str]:
    """The grades of the bands in the order in which points lead through them from the floor up."""
    floor, cap = scheme.floor or 0, scheme.cap or 0
    bounds = {bound for band in scheme.bands for bound in (band.at_least, band.at_most) if bound is not None}
    numbers = {floor, cap, *(bound + step for bound in bounds for step in (-1, 0, 1))}
    yield from dict.fromkeys(find_band_grade(scheme, number) for number in sorted(numbers) if floor <= number <= cap)


def _takes_points(scheme: GradingScheme) -> bool:
    """Whether conduct leads down: any of it takes points away."""
    return any(str(item.points).strip().startswith("-") for item in scheme.items.values())


def _list_supervised_grades(catalogue: Catalogue, name: str) -> Iterator[str]:
    for measure in catalogue.measures.values():
        if measure.scheme == name and measure.kind in ("supervision", "restriction"):
            yield from measure.grades
