"""What a scheme must satisfy: what its kind needs and takes, points within bounds, rules that can fire, bands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from goodstanding.catalogue.bands import check_bands
from goodstanding.catalogue.checking import Checking, Path
from goodstanding.catalogue.model import Item, Length, Scheme

_ALIKE = ("base", "starts", "counts_when", "direct")
_GRADED = (*_ALIKE, "ungraded", "discretion", "unproven", "lapses")
_TAKES = {
    "latest": (*_GRADED, "score", "over"),
    "points": (*_ALIKE, "floor", "cap", "starts_with", "items", "bonus"),
    "scorecard": (*_GRADED, "floor", "cap", "characteristics"),
}
_NEEDS = {
    "latest": ("score",),
    "points": ("base", "floor", "cap", "starts_with", "items"),
    "scorecard": ("characteristics",),
}
_LAB_NEEDS_NOT = ("base", "floor", "cap", "starts_with")
_NOT_IN_MEANS = ("direct", "discretion", "unproven")
_SOME_DAY = date(2001, 1, 1)


def check_schemes(at: Checking) -> None:
    """Raises the first CatalogueError found in the schemes."""
    for name, scheme in at.catalogue.schemes.items():
        place: Path = ("schemes", name)
        at.known(scheme.record, at.catalogue.records, "record type", *place, "record")
        if scheme.procedure:
            at.known(scheme.procedure, at.catalogue.procedures, "procedure", *place, "procedure")
        _shape(at, scheme, place)
        _conditions(at, scheme, place)
        _bounds(at, scheme, place)
        check_bands(scheme, at.catalogue.records[scheme.record].fields, partial(at.where, *place))
        for index, may in enumerate(scheme.discretion):
            at.known(may.grade, scheme.grades, "band", *place, "discretion", index, "grade")


def _shape(at: Checking, scheme: Scheme, place: Path) -> None:
    """Each kind of scheme has the keys it needs, and none that would mean nothing in it."""
    for key in _NEEDS[scheme.kind]:
        if not (getattr(scheme, key) or getattr(scheme, key) == 0) and not _spared(at, scheme, key):
            what = f"A scheme of kind {scheme.kind} needs {key!r}."
            at.refuse("Points without a cap." if key == "cap" else what, f"{key}: …", *place)
    strange = {key for keys in _TAKES.values() for key in keys} - set(_TAKES[scheme.kind])
    strange |= set(_NOT_IN_MEANS) if scheme.over else set()
    for key in sorted(strange & scheme.model_fields_set):
        what = "with the mean of several findings" if key in _TAKES[scheme.kind] else f"of kind {scheme.kind}"
        at.refuse(f"A scheme {what} takes no {key!r}.", "leave it out", *place, key)
    for index, band in enumerate(scheme.bands):
        if band.when and (scheme.over or scheme.kind == "points"):
            problem = "A band of several findings cannot depend on the fields of one."
            at.refuse(problem, "bounds of the score, or a direct grade", *place, "bands", index, "when")


def _spared(at: Checking, scheme: Scheme, key: str) -> bool:
    lab = at.catalogue.mode == "lab" and key in _LAB_NEEDS_NOT
    return lab or (key == "base" and bool(scheme.starts))


def _conditions(at: Checking, scheme: Scheme, place: Path) -> None:
    record = scheme.record
    if scheme.starts_with:
        at.known(scheme.starts_with, at.catalogue.records, "record type", *place, "starts_with")
    starting = scheme.starts_with or record if scheme.kind == "points" else record
    at.first_of(_whens(scheme, "starts", place), starting)
    at.first_of(_whens(scheme, "ungraded", place), record)
    for key in ("direct", "discretion", "bands"):
        for text, path in _whens(scheme, key, place):
            at.condition(text, record, *path)
    if scheme.counts_when:
        at.condition(scheme.counts_when, record, *place, "counts_when")
    if scheme.score:
        at.number(scheme.score, record, *place, "score")
    for name, item in scheme.items.items():
        _item(at, item, record, (*place, "items", name))
    for name, one in scheme.characteristics.items():
        whole = (*place, "characteristics", name, "attributes")
        if not one.attributes:
            at.refuse("A characteristic without attributes gives nothing.", "attributes: …", *whole)
        at.first_of(((each.when, (*whole, index, "when")) for index, each in enumerate(one.attributes)), record)
    for index, bonus in enumerate(scheme.bonus):
        if bonus.needs:
            at.known(bonus.needs, at.catalogue.records, "record type", *place, "bonus", index, "needs")


def _whens(scheme: Scheme, key: str, place: Path) -> Iterator[tuple[str, Path]]:
    for index, rule in enumerate(getattr(scheme, key)):
        if rule.when:
            yield rule.when, (*place, key, index, "when")


def _item(at: Checking, item: Item, record: str, place: Path) -> None:
    at.condition(item.when, record, *place, "when")
    at.number(str(item.points), record, *place, "points")
    if item.at_most is not None and item.at_most < 1:
        at.refuse("An item that counts for nothing at most never counts.", "1 or more", *place, "at_most")
    before = 0
    for index, fade in enumerate(item.fades):
        if not before < _days(fade.after):
            at.refuse("Stages must follow one another.", "a later time", *place, "fades", index, "after")
        if item.counts_for and _days(item.counts_for) <= (before := _days(fade.after)):
            problem = "The item no longer counts by then, so this stage can never be reached."
            at.refuse(problem, f"less than {item.counts_for}", *place, "fades", index, "after")
        before = _days(fade.after)


def _days(length: Length) -> int:
    """A length of time in days, from a day on which all lengths are as long as they usually are."""
    return (length.after(_SOME_DAY) - _SOME_DAY).days


def _bounds(at: Checking, scheme: Scheme, place: Path) -> None:
    """What running points begin with lies between floor and cap."""
    if scheme.kind != "points":
        return
    begins: list[tuple[str, int, Path]] = []
    if scheme.base is not None:
        begins.append(("The base", scheme.base, ("base",)))
    begins += [("The start", one.points, ("starts", index, "points")) for index, one in enumerate(scheme.starts)]
    for what, points, path in begins:
        over, under = scheme.cap is not None and points > scheme.cap, scheme.floor is not None and points < scheme.floor
        if over or under:
            at.refuse(f"{what} is not between floor and cap.", f"{scheme.floor} to {scheme.cap}", *place, *path)
