"""Bands of a scheme: that they do not overlap, leave no gap, and can each be reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlglot import exp

from goodstanding.catalogue.conditions import NUMBER, parse_condition
from goodstanding.catalogue.records import FieldRule, field_types
from goodstanding.catalogue.schemes import Band, GradingScheme
from goodstanding.errors import BadBands
from goodstanding.messages import Message, RuleMessage

Where = Callable[..., str]
UNBOUNDED = 2**53


def list_band_problems(scheme: GradingScheme, fields: Mapping[str, FieldRule], where: Where) -> list[BadBands]:
    """The bands that overlap another or that nothing reaches; where there are none, whether a gap stays."""
    problems: list[BadBands] = []
    low, high = compute_score_range(scheme, fields)
    claims = _Claims(low, high)
    for index, band in enumerate(scheme.bands):
        try:
            _refuse_impossible_bound(band, low, high, where("bands", index))
            _refuse_unordered_bounds(band, scheme.bands[:index], where("bands", index))
            claims.add(band, *_resolve_bounds(band, low, high), where("bands", index))
        except BadBands as problem:
            problems.append(problem)
    if not problems and claims.open_low <= claims.open_high:
        gap = Message(RuleMessage.BANDS_WITH_GAP, {"low": claims.open_low, "high": claims.open_high})
        problems.append(BadBands(gap, where=where("bands")))
    return problems


class _Claims:
    """The scores that bands have taken so far, and the range that is open between them."""

    def __init__(self, low: int, high: int) -> None:
        self.open_low, self.open_high = low, high
        self._claimed: list[tuple[int, int, str]] = []
        self._grades: set[str] = set()

    def add(self, band: Band, start: int, end: int, where: str) -> None:
        """Takes what a band claims; raises BadBands where that is taken, or nothing is left of it."""
        _refuse_overlap(band, self._claimed, where)
        is_taken = max(start, self.open_low) > min(end, self.open_high)
        if is_taken or (band.when is None and band.grade in self._grades):
            params = {"grade": repr(band.grade), "low": self.open_low, "high": self.open_high}
            raise BadBands(Message(RuleMessage.BAND_UNREACHABLE, params), where=where)
        self._grades.add(band.grade)
        if band.when is None:
            self._claimed.append((start, end, band.grade))
            self.open_low, self.open_high = _narrow_open_range(self.open_low, self.open_high, start, end)


def _refuse_impossible_bound(band: Band, low: int, high: int, where: str) -> None:
    """A bound beyond every possible score means that something else was meant."""
    for bound in (band.at_least, band.at_most):
        if bound is not None and not low <= bound <= high:
            params = {"grade": repr(band.grade), "bound": bound, "low": low, "high": high}
            raise BadBands(Message(RuleMessage.BAND_OUT_OF_BOUNDS, params), where=where)


def _refuse_unordered_bounds(band: Band, before: Sequence[Band], where: str) -> None:
    """After bands with conditions, which claim nothing for good, upper bounds still go up and lower bounds down."""
    before = [earlier_band for earlier_band in before if earlier_band.when is not None]
    upper = [
        earlier_band.at_most
        for earlier_band in before
        if earlier_band.at_most is not None and earlier_band.at_least is None
    ]
    lower = [
        earlier_band.at_least
        for earlier_band in before
        if earlier_band.at_least is not None and earlier_band.at_most is None
    ]
    if band.at_least is None and band.at_most is not None and upper and band.at_most < max(upper):
        params = {"grade": repr(band.grade), "bound": max(upper)}
        raise BadBands(Message(RuleMessage.BAND_WITH_LOWER_TOP, params), where=where)
    if band.at_most is None and band.at_least is not None and lower and band.at_least > min(lower):
        params = {"grade": repr(band.grade), "bound": min(lower)}
        raise BadBands(Message(RuleMessage.BAND_WITH_HIGHER_BOTTOM, params), where=where)


def _resolve_bounds(band: Band, low: int, high: int) -> tuple[int, int]:
    return (low if band.at_least is None else band.at_least, high if band.at_most is None else band.at_most)


def _refuse_overlap(band: Band, claimed: list[tuple[int, int, str]], where: str) -> None:
    if band.at_least is None or band.at_most is None or band.when is not None:
        return
    for start, end, grade in claimed:
        if start <= band.at_most and band.at_least <= end:
            both = {"low": max(start, band.at_least), "high": min(end, band.at_most)}
            grades = {"first": repr(grade), "second": repr(band.grade)}
            raise BadBands(Message(RuleMessage.BANDS_OVERLAP, {**grades, **both}), where=where)


def _narrow_open_range(low: int, high: int, start: int, end: int) -> tuple[int, int]:
    if start <= low:
        return max(low, end + 1), high
    if end >= high:
        return low, min(high, start - 1)
    return low, high


def compute_score_range(scheme: GradingScheme, fields: Mapping[str, FieldRule]) -> tuple[int, int]:
    """The least and greatest score: what can be begun with and added, between floor and cap where there are any."""
    low, high = _compute_added_range(scheme, fields)
    starting_points = [scheme.base or 0, *(start.points for start in scheme.starts)]
    low, high = low + min(starting_points), high + max(starting_points)
    low = low if scheme.floor is None else max(low, scheme.floor)
    return low, high if scheme.cap is None else min(high, scheme.cap)


def _compute_added_range(scheme: GradingScheme, fields: Mapping[str, FieldRule]) -> tuple[int, int]:
    if scheme.kind == "points":
        return -UNBOUNDED, UNBOUNDED
    if scheme.kind == "scorecard":
        weighted_points = [
            [characteristic.weight * attribute.points for attribute in characteristic.attributes]
            for characteristic in scheme.characteristics.values()
        ]
        return sum(min(0, *points) for points in weighted_points) // 100, sum(
            max(0, *points) for points in weighted_points
        ) // 100
    tree = parse_condition(scheme.score or "0", field_types(fields), "score", NUMBER).tree
    return compute_expression_range(tree, fields)


def compute_expression_range(node: exp.Expression, fields: Mapping[str, FieldRule]) -> tuple[int, int]:
    """The least and greatest value of a checked number over a record's fields, as far as their bounds tell."""
    if isinstance(node, exp.Column):
        return fields[node.name].range() or (-UNBOUNDED, UNBOUNDED)
    if isinstance(node, exp.Literal):
        return int(node.name), int(node.name)
    if isinstance(node, exp.Paren):
        return compute_expression_range(node.this, fields)
    if isinstance(node, exp.Neg):
        low, high = compute_expression_range(node.this, fields)
        return -high, -low
    if isinstance(node, exp.Add | exp.Sub | exp.Mul):
        return _combine_ranges(
            node, compute_expression_range(node.this, fields), compute_expression_range(node.expression, fields)
        )
    return -UNBOUNDED, UNBOUNDED


def _combine_ranges(node: exp.Expression, left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int]:
    if isinstance(node, exp.Mul):
        products = [left_bound * right_bound for left_bound in left for right_bound in right]
        return min(products), max(products)
    low, high = (-right[1], -right[0]) if isinstance(node, exp.Sub) else right
    return left[0] + low, left[1] + high
