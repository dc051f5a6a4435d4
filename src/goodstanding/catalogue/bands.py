"""Bands of a scheme: that they do not overlap, leave no gap, and can each be reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlglot import exp

from goodstanding.catalogue.conditions import NUMBER, condition
from goodstanding.catalogue.model import Band, FieldRule, Scheme
from goodstanding.catalogue.records import field_types
from goodstanding.errors import BadBands

Where = Callable[..., str]
UNBOUNDED = 2**53


def check_bands(scheme: Scheme, fields: Mapping[str, FieldRule], where: Where) -> None:
    """Raises BadBands at the first band that overlaps another, that nothing reaches, or after which a gap stays."""
    low, high = score_range(scheme, fields)
    open_low, open_high = low, high
    claimed: list[tuple[int, int, str]] = []
    grades: set[str] = set()
    for index, band in enumerate(scheme.bands):
        start, end = _bounds(band, low, high)
        _inside(band, low, high, where("bands", index))
        _in_order(band, scheme.bands[:index], where("bands", index))
        _no_overlap(band, claimed, where("bands", index))
        if max(start, open_low) > min(end, open_high) or (band.when is None and band.grade in grades):
            remedy = f"bounds between {open_low} and {open_high}, or leave the band out"
            raise BadBands(f"Nothing can reach the band {band.grade!r}.", where=where("bands", index), remedy=remedy)
        grades.add(band.grade)
        if band.when is None:
            claimed.append((start, end, band.grade))
            open_low, open_high = _rest(open_low, open_high, start, end)
    if open_low <= open_high:
        remedy = f"a last band for {open_low} to {open_high}"
        raise BadBands("Some scores fall into no band.", where=where("bands"), remedy=remedy)


def _inside(band: Band, low: int, high: int, where: str) -> None:
    """A bound beyond every possible score means that something else was meant."""
    for bound in (band.at_least, band.at_most):
        if bound is not None and not low <= bound <= high:
            raise BadBands(
                f"The band {band.grade!r} has a bound of {bound}, but scores go from {low} to {high}.",
                where=where,
                remedy=f"a bound between {low} and {high}",
            )


def _in_order(band: Band, before: Sequence[Band], where: str) -> None:
    """After bands with conditions, which claim nothing for good, upper bounds still go up and lower bounds down."""
    before = [one for one in before if one.when is not None]
    upper = [one.at_most for one in before if one.at_most is not None and one.at_least is None]
    lower = [one.at_least for one in before if one.at_least is not None and one.at_most is None]
    if band.at_least is None and band.at_most is not None and upper and band.at_most < max(upper):
        remedy = f"at_most: {max(upper)} or more, or the bands in another order"
        raise BadBands(f"The band {band.grade!r} lies inside a band before it.", where=where, remedy=remedy)
    if band.at_most is None and band.at_least is not None and lower and band.at_least > min(lower):
        remedy = f"at_least: {min(lower)} or less, or the bands in another order"
        raise BadBands(f"The band {band.grade!r} lies inside a band before it.", where=where, remedy=remedy)


def _bounds(band: Band, low: int, high: int) -> tuple[int, int]:
    return (low if band.at_least is None else band.at_least, high if band.at_most is None else band.at_most)


def _no_overlap(band: Band, claimed: list[tuple[int, int, str]], where: str) -> None:
    if band.at_least is None or band.at_most is None or band.when is not None:
        return
    for start, end, grade in claimed:
        if start <= band.at_most and band.at_least <= end:
            both = f"{max(start, band.at_least)} to {min(end, band.at_most)}"
            raise BadBands(
                f"The bands {grade!r} and {band.grade!r} both claim {both}.", where=where, remedy="bounds apart"
            )


def _rest(low: int, high: int, start: int, end: int) -> tuple[int, int]:
    if start <= low:
        return max(low, end + 1), high
    if end >= high:
        return low, min(high, start - 1)
    return low, high


def score_range(scheme: Scheme, fields: Mapping[str, FieldRule]) -> tuple[int, int]:
    """The least and greatest score: what can be begun with and added, between floor and cap where there are any."""
    low, high = _added(scheme, fields)
    begins = [scheme.base or 0, *(one.points for one in scheme.starts)]
    low, high = low + min(begins), high + max(begins)
    low = low if scheme.floor is None else max(low, scheme.floor)
    return low, high if scheme.cap is None else min(high, scheme.cap)


def _added(scheme: Scheme, fields: Mapping[str, FieldRule]) -> tuple[int, int]:
    if scheme.kind == "points":
        return -UNBOUNDED, UNBOUNDED
    if scheme.kind == "scorecard":
        weighed = [[one.weight * each.points for each in one.attributes] for one in scheme.characteristics.values()]
        return sum(min(0, *one) for one in weighed) // 100, sum(max(0, *one) for one in weighed) // 100
    tree = condition(scheme.score or "0", field_types(fields), "score", NUMBER).tree
    return _range(tree, fields)


def _range(node: exp.Expression, fields: Mapping[str, FieldRule]) -> tuple[int, int]:
    if isinstance(node, exp.Column):
        return fields[node.name].range() or (-UNBOUNDED, UNBOUNDED)
    if isinstance(node, exp.Literal):
        return int(node.name), int(node.name)
    if isinstance(node, exp.Paren):
        return _range(node.this, fields)
    if isinstance(node, exp.Neg):
        low, high = _range(node.this, fields)
        return -high, -low
    if isinstance(node, exp.Add | exp.Sub | exp.Mul):
        return _joined(node, _range(node.this, fields), _range(node.expression, fields))
    return -UNBOUNDED, UNBOUNDED


def _joined(node: exp.Expression, left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int]:
    if isinstance(node, exp.Mul):
        products = [one * other for one in left for other in right]
        return min(products), max(products)
    low, high = (-right[1], -right[0]) if isinstance(node, exp.Sub) else right
    return left[0] + low, left[1] + high
