"""Which cases the kernel can run; the others are refused, with what is wrong."""

from __future__ import annotations

from goodstanding.errors import LaboratoryError
from goodstanding.lab.compilation.breaches import list_variants
from goodstanding.lab.compilation.scheme_arrays import Axis, CaseArrays, Origin, SchemeArrays
from goodstanding.lab.simulation.docket.decision_table import is_decision
from goodstanding.messages import Message, RunMessage

_AXES = {Axis.TRUTH, Axis.BELIEF}
_OWN_LISTS = "own.listed."


def find_further_axes(scheme: SchemeArrays) -> set[int]:
    """Of what the fields of a scheme with cases can depend beside traits and chance."""
    if scheme.stated_cases is None:
        return set()
    return set(_AXES if scheme.debts else ()) | ({Axis.LISTED} if _reads_own_lists_alone(scheme) else set())


def _reads_own_lists_alone(scheme: SchemeArrays) -> bool:
    names, origins = scheme.origins.source_names, scheme.origins
    read = {names[which] for which in origins.axis_which[origins.axis_kinds == Axis.LISTED]}
    read |= {names[which] for which in origins.needs[origins.needs[:, 0] == Axis.LISTED, 1]}
    return all(name.startswith(_OWN_LISTS) for name in read)


def refuse_if_case_unfit(scheme: SchemeArrays, cases: CaseArrays, origin: int, name: str) -> None:
    """Nothing, or a LaboratoryError for an origin that the kernel cannot run beside cases."""
    of_case, place = is_decision(scheme, cases, origin), {"catalogue": scheme.name, "origin": name}
    kind, origins = scheme.origins.kinds[origin], scheme.origins
    follows = kind in (Origin.FOLLOWING, Origin.DISPUTE)
    if follows and not of_case:
        raise LaboratoryError(Message(RunMessage.ORIGIN_NOT_RUN, place))
    axes = origins.axis_kinds[origins.axis_starts[origin] : origins.axis_starts[origin + 1]]
    if follows and Axis.LIFE in axes:
        raise LaboratoryError(Message(RunMessage.FIELD_NOT_RUN, place | {"axis": Axis.LIFE.name.lower()}))
    if of_case and any(_counts_in_points(scheme, variant) for variant in list_variants(scheme, origin)):
        raise LaboratoryError(Message(RunMessage.ORIGIN_COUNTS_TWICE, place))


def _counts_in_points(scheme: SchemeArrays, variant: int) -> bool:
    return any(
        points.stage_starts[variant] < points.stage_starts[variant + 1]
        or points.direct_starts[variant] < points.direct_starts[variant + 1]
        or points.joins[variant]
        for points in scheme.points
    )
