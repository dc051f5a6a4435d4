"""What a scheme must satisfy: what its kind needs and takes, points within bounds, rules that can fire, bands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from goodstanding.catalogue.primitives import Length
from goodstanding.catalogue.schemes import ConductItem, GradingScheme
from goodstanding.catalogue.validation.band_checks import list_band_problems
from goodstanding.catalogue.validation.check_context import CheckContext, Path
from goodstanding.catalogue.validation.limits import has_overflowing_weights
from goodstanding.catalogue.validation.satisfiability import check_satisfiability
from goodstanding.errors import BadBands, CatalogueError
from goodstanding.messages import CatalogueMessage, Message, RuleMessage

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
_NUMBERS = {"base", "starts", "unproven", "over"}  # what means nothing where grades have no number
_SOME_DAY = date(2001, 1, 1)


def check_schemes(context: CheckContext) -> None:
    """Notes what is wrong with the schemes."""
    for name, scheme in context.catalogue.schemes.items():
        place: Path = ("schemes", name)
        checks = (_check_names, _check_shape, _check_conditions, _check_starting_points)
        sound = [context.attempt(check, scheme, place) for check in checks]
        if all(sound):
            context.attempt(_check_bands, scheme, place)
        context.attempt(_check_discretion, scheme, place)


def _check_names(context: CheckContext, scheme: GradingScheme, place: Path) -> None:
    context.require_record_type(scheme.record, *place, "record")
    if scheme.procedure:
        context.require_procedure(scheme.procedure, *place, "procedure")


def _check_discretion(context: CheckContext, scheme: GradingScheme, place: Path) -> None:
    for grade in scheme.public_grades:
        context.require_known(grade, scheme.grades, RuleMessage.BAND_UNDECLARED, *place, "public_grades")
    for index, discretion in enumerate(scheme.discretion):
        context.require_known(
            discretion.grade, scheme.grades, RuleMessage.BAND_UNDECLARED, *place, "discretion", index, "grade"
        )


def _check_bands(context: CheckContext, scheme: GradingScheme, place: Path) -> None:
    if scheme.has_numbers:
        fields = context.catalogue.records[scheme.record].fields
        context.problems += list_band_problems(scheme, fields, partial(context.where, *place))
        return
    context.problems += (misplaced := list(_list_bands_of_numbers(context, scheme, place)))
    context.require_reachable(_list_conditions(scheme, "bands", place), scheme.record)
    if not misplaced:
        _refuse_gap(context, scheme, place)


def _list_bands_of_numbers(context: CheckContext, scheme: GradingScheme, place: Path) -> Iterator[BadBands]:
    for index, band in enumerate(scheme.bands):
        if band.when is None or band.at_least is not None or band.at_most is not None:
            message = Message(CatalogueMessage.BAND_WITHOUT_NUMBER, {"grade": repr(band.grade)})
            yield BadBands(message, where=context.where(*place, "bands", index))


def _refuse_gap(context: CheckContext, scheme: GradingScheme, place: Path) -> None:
    """Raises BadBands where a finding that lacks nothing falls into no band."""
    rules = [rule for key in ("ungraded", "direct", "bands") for rule in _list_conditions(scheme, key, place)]
    trees = [context.condition(text, scheme.record, *path).tree for text, path in rules]
    fields = {name: rule.model_copy(update={"required": True}) for name, rule in context.fields(scheme.record).items()}
    gap = check_satisfiability([], fields, trees)
    if gap.holds:
        message = Message(CatalogueMessage.BANDS_LEAVE_OUT, {"example": gap.example()})
        raise BadBands(message, where=context.where(*place, "bands"))


def _check_shape(context: CheckContext, scheme: GradingScheme, place: Path) -> None:
    """Each kind of scheme has the keys it needs, and none that would mean nothing in it."""
    for key in _NEEDS[scheme.kind] if scheme.kind != "latest" or _needs_score(scheme) else ():
        if not (getattr(scheme, key) or getattr(scheme, key) == 0) and not _is_spared_key(context, scheme, key):
            code = RuleMessage.SCHEME_WITHOUT_CAP if key == "cap" else RuleMessage.SCHEME_LACKS_KEY
            context.note(code, *place, kind=scheme.kind, key=repr(key), name=key)
    strange = {key for keys in _TAKES.values() for key in keys} - set(_TAKES[scheme.kind])
    strange |= set(_NOT_IN_MEANS) if scheme.over else set()
    for key in sorted(strange & scheme.model_fields_set):
        in_mean = key in _TAKES[scheme.kind]
        code = RuleMessage.MEAN_WITH_NEEDLESS_KEY if in_mean else RuleMessage.SCHEME_WITH_NEEDLESS_KEY
        context.note(code, *place, key, kind=scheme.kind, key=repr(key))
    for index, band in enumerate(scheme.bands):
        if band.when and (scheme.over or scheme.kind == "points"):
            context.note(RuleMessage.BAND_OF_ONE_FINDING, *place, "bands", index, "when")


def _needs_score(scheme: GradingScheme) -> bool:
    """Whether the grades of a scheme for the newest finding follow from a number: no band has a condition alone."""
    is_numbered = bool(_NUMBERS & scheme.model_fields_set) or all(band.when is None for band in scheme.bands)
    return scheme.has_numbers or is_numbered


def _is_spared_key(context: CheckContext, scheme: GradingScheme, key: str) -> bool:
    lab = context.catalogue.mode == "lab" and key in _LAB_NEEDS_NOT
    return lab or (key == "base" and bool(scheme.starts))


def _check_conditions(context: CheckContext, scheme: GradingScheme, place: Path) -> None:
    record = scheme.record
    if scheme.starts_with:
        context.require_record_type(scheme.starts_with, *place, "starts_with")
    starting = scheme.starts_with or record if scheme.kind == "points" else record
    context.require_reachable(_list_conditions(scheme, "starts", place), starting)
    context.require_reachable(_list_conditions(scheme, "ungraded", place), record)
    for key in ("direct", "discretion", "bands"):
        for text, path in _list_conditions(scheme, key, place):
            context.check_condition(text, record, *path)
    if scheme.counts_when:
        context.check_condition(scheme.counts_when, record, *place, "counts_when")
    if scheme.score:
        context.check_number(scheme.score, record, *place, "score")
    for name, item in scheme.items.items():
        _check_item(context, item, record, (*place, "items", name))
    for name, characteristic in scheme.characteristics.items():
        whole = (*place, "characteristics", name, "attributes")
        if not characteristic.attributes:
            context.note(RuleMessage.CHARACTERISTIC_EMPTY, *whole)
        context.require_reachable(
            ((attribute.when, (*whole, index, "when")) for index, attribute in enumerate(characteristic.attributes)),
            record,
        )
    if has_overflowing_weights(scheme):
        context.problems.append(CatalogueError(Message(CatalogueMessage.WEIGHTS_OVERFLOW), where=context.where(*place)))
    for index, bonus in enumerate(scheme.bonus):
        if bonus.needs:
            context.require_record_type(bonus.needs, *place, "bonus", index, "needs")


def _list_conditions(scheme: GradingScheme, key: str, place: Path) -> Iterator[tuple[str, Path]]:
    for index, rule in enumerate(getattr(scheme, key)):
        if rule.when:
            yield rule.when, (*place, key, index, "when")


def _check_item(context: CheckContext, item: ConductItem, record: str, place: Path) -> None:
    context.check_condition(item.when, record, *place, "when")
    context.check_number(str(item.points), record, *place, "points")
    if item.at_most is not None and item.at_most < 1:
        context.note(RuleMessage.ITEM_NEVER_COUNTS, *place, "at_most")
    before = 0
    for index, fade in enumerate(item.fades):
        if not before < _count_days(fade.after):
            context.note(RuleMessage.FADES_OUT_OF_ORDER, *place, "fades", index, "after")
        if item.counts_for and _count_days(item.counts_for) <= (before := _count_days(fade.after)):
            code, length = RuleMessage.FADE_UNREACHABLE, str(item.counts_for)
            context.note(code, *place, "fades", index, "after", length=length)
        before = _count_days(fade.after)


def _count_days(length: Length) -> int:
    """A length of time in days, from a day on which all lengths are as long as they usually are."""
    return (length.after(_SOME_DAY) - _SOME_DAY).days


def _check_starting_points(context: CheckContext, scheme: GradingScheme, place: Path) -> None:
    """What running points begin with lies between floor and cap."""
    if scheme.kind != "points":
        return
    starting_points: list[tuple[RuleMessage, int, Path]] = []
    if scheme.base is not None:
        starting_points.append((RuleMessage.BASE_OUT_OF_BOUNDS, scheme.base, ("base",)))
    starting_points += [
        (RuleMessage.START_OUT_OF_BOUNDS, start.points, ("starts", index, "points"))
        for index, start in enumerate(scheme.starts)
    ]
    for code, points, path in starting_points:
        over, under = scheme.cap is not None and points > scheme.cap, scheme.floor is not None and points < scheme.floor
        if over or under:
            context.note(code, *place, *path, floor=scheme.floor, cap=scheme.cap)
