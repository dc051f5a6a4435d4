"""Which grades of a scheme somebody can have: one that nobody can reach makes no other milder (articles 6 and 11).

A grade is left out only where it is proved that no record and no points lead to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache
from itertools import product
from math import gcd
from typing import TYPE_CHECKING

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.conditions import NUMBER, parse_condition
from goodstanding.catalogue.records import FieldRule, field_types
from goodstanding.catalogue.schemes import Band, ConductItem, GradingScheme

if TYPE_CHECKING:
    from sqlglot import exp

MOST_NUMBERS = 20_000  # with more, every band counts as one that can be reached
_DAYS = {"month": 28, "quarter": 90, "year": 365}
_OCCURRED = FieldRule(type="date", title="The day it occurred", required=True)


@lru_cache(maxsize=512)
def list_reachable_grades(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    """The grades of a scheme that somebody can have, in order; all of them where none can be reached at all."""
    scheme = catalogue.schemes[name]
    fields = {**catalogue.records[scheme.record].fields, "occurred": _OCCURRED}
    reached = set(_list_banded_grades(scheme, fields))
    reached |= {rule.grade for rule in scheme.direct if _can_count(scheme, fields, rule.when)}
    reached |= {rule.grade for rule in scheme.discretion if _can_count(scheme, fields, rule.when)}
    return tuple(grade for grade in scheme.grades if grade in reached) or scheme.grades


def _list_banded_grades(scheme: GradingScheme, fields: Mapping[str, FieldRule]) -> Iterable[str]:
    if scheme.kind == "latest" and not scheme.over:
        return _list_scored_grades(scheme, fields)
    numbers = _list_sums(scheme) if scheme.kind == "scorecard" else _list_running_points(scheme, fields)
    if scheme.over or numbers is None:
        return [band.grade for band in scheme.bands]
    bands = [band for band in scheme.bands if band.when is None or _can_count(scheme, fields, band.when)]
    return {grade for number in numbers for grade in _list_fitting_grades(bands, number)}


def find_band_grade(scheme: GradingScheme, number: int) -> str:
    """The first band that a number alone falls into; empty where none does."""
    return next((band.grade for band in scheme.bands if band.when is None and _fits(band, number)), "")


def _fits(band: Band, number: int) -> bool:
    return (band.at_least is None or number >= band.at_least) and (band.at_most is None or number <= band.at_most)


def _list_fitting_grades(bands: Iterable[Band], number: int) -> Iterator[str]:
    """The grades of a number: those under conditions, up to the first that has none."""
    for band in bands:
        if _fits(band, number):
            yield band.grade
            if band.when is None:
                return


def _can_count(scheme: GradingScheme, fields: Mapping[str, FieldRule], *conditions: str) -> bool:
    """Whether a finding that counts and has a grade can fulfil conditions; what cannot be told counts as a yes."""
    return _can_hold(scheme, fields, [_parse(text, fields) for text in conditions], [])


def _can_hold(
    scheme: GradingScheme,
    fields: Mapping[str, FieldRule],
    hold: Iterable[exp.Expression],
    fail: Iterable[exp.Expression],
) -> bool:
    from goodstanding.catalogue.validation.satisfiability import check_satisfiability

    counting = [_parse(scheme.counts_when, fields)] if scheme.counts_when else []
    ungraded = [_parse(rule.when, fields) for rule in scheme.ungraded]
    return check_satisfiability([*counting, *hold], fields, [*ungraded, *fail]).holds is not False


def _parse(text: str, fields: Mapping[str, FieldRule]) -> exp.Expression:
    return parse_condition(text, field_types(fields), "when").tree


def _list_scored_grades(scheme: GradingScheme, fields: Mapping[str, FieldRule]) -> Iterator[str]:
    """The grades of the newest finding: of each band, where a finding can fall into it and into none before it."""
    score = parse_condition(scheme.score, field_types(fields), "score", NUMBER).tree if scheme.score else None
    for start in dict.fromkeys((scheme.base or 0, *(rule.points for rule in scheme.starts))):
        before: list[exp.Expression] = [_parse(rule.when, fields) for rule in scheme.direct]
        for band in scheme.bands:
            trees = _build_band_trees(band, score, start, fields)
            if _can_hold(scheme, fields, trees, before):
                yield band.grade
            before.append(_join(trees))


def _build_band_trees(
    band: Band, score: exp.Expression | None, start: int, fields: Mapping[str, FieldRule]
) -> list[exp.Expression]:
    from sqlglot import exp

    trees: list[exp.Expression] = [_parse(band.when, fields)] if band.when else []
    if score is not None:  # a finding without a number has no grade
        trees.append(exp.Not(this=exp.Is(this=exp.paren(score), expression=exp.Null())))
    for comparison, bound in ((exp.GTE, band.at_least), (exp.LTE, band.at_most)):
        if score is not None and bound is not None:
            trees.append(comparison(this=exp.paren(score), expression=exp.Literal.number(bound - start)))
    return trees


def _join(trees: list[exp.Expression]) -> exp.Expression:
    from sqlglot import exp

    return trees[0] if len(trees) == 1 else exp.And(this=trees[0], expression=_join(trees[1:])) if trees else exp.true()


def _list_sums(scheme: GradingScheme) -> Set[int] | None:
    """Every score of a scorecard: of each characteristic one of its attributes, or nothing where none holds."""
    sums = {0}
    for weighed in scheme.characteristics.values():
        points = {0, *(weighed.weight * attribute.points for attribute in weighed.attributes)}
        sums = {total + added for total, added in product(sums, points)}
        if len(sums) > MOST_NUMBERS:
            return None
    starts = {scheme.base or 0, *(start.points for start in scheme.starts)}
    return {_bound(scheme, start + total // 100) for start, total in product(starts, sums)}


def _bound(scheme: GradingScheme, number: int) -> int:
    number = number if scheme.floor is None else max(number, scheme.floor)
    return number if scheme.cap is None else min(number, scheme.cap)


def _list_running_points(scheme: GradingScheme, fields: Mapping[str, FieldRule]) -> Set[int] | None:
    """Every number of running points between floor and cap that items and clean time lead to from a start."""
    if scheme.floor is None or scheme.cap is None:
        return None
    starts = {scheme.base or 0, *(start.points for start in scheme.starts)}
    items = [item for item in scheme.items.values() if _can_count(scheme, fields, item.when)]
    steps = {step for item in items for step in _list_steps(item, fields)} | {bonus.points for bonus in scheme.bonus}
    width = scheme.cap - scheme.floor
    down = sum(_find_reach(item, fields, -1, width) for item in items)
    up = sum(_find_reach(item, fields, 1, width) for item in items) + width * bool(scheme.bonus)
    low, high = max(scheme.floor, min(starts) - down), min(scheme.cap, max(starts) + up)
    step = gcd(*steps, *(item.at_most or 0 for item in items)) or width + 1
    if (high - low) // step > MOST_NUMBERS:
        return None
    numbers = {number for start in starts for number in range(low + (start - low) % step, high + 1, step)}
    return numbers | {low, high} & {scheme.floor, scheme.cap}


def _list_steps(item: ConductItem, fields: Mapping[str, FieldRule]) -> tuple[int, ...]:
    """By how much an item moves the points, and as it fades; 1 where that depends on the record."""
    low, high = _find_points_range(item, fields)
    return (low if low == high else 1, *(fade.points for fade in item.fades))


def _find_points_range(item: ConductItem, fields: Mapping[str, FieldRule]) -> tuple[int, int]:
    from goodstanding.catalogue.validation.band_checks import compute_expression_range

    tree = parse_condition(str(item.points), field_types(fields), "points", NUMBER).tree
    return compute_expression_range(tree, fields)


def _find_reach(item: ConductItem, fields: Mapping[str, FieldRule], sign: int, width: int) -> int:
    """How far an item leads up or down, at most the whole way between floor and cap."""
    fades = [fade.points for fade in item.fades]
    if not any(points * sign > 0 for points in (*_find_points_range(item, fields), *fades)):
        return 0
    days = item.counts_for.longest_days() if item.counts_for else None
    times = 1 if item.per == "ever" else days and days // _DAYS[item.per] + 2
    return width if item.at_most is None or times is None else min(width, item.at_most * times)
