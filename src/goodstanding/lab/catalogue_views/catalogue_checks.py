"""The check of a catalogue: what compiles, what is assumed and not known, and whether lives are what the rules say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from goodstanding.errors import LaboratoryError
from goodstanding.lab.behaviour.behaviour_file import Behaviour, load_behaviour
from goodstanding.lab.catalogue_views.catalogue_populations import draw_shared_population
from goodstanding.lab.compilation.answers.probe_records import Variant
from goodstanding.lab.compilation.behaviour_origins import list_origins
from goodstanding.lab.compilation.compiler import compile_scheme, list_variants
from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN, SchemeArrays
from goodstanding.lab.parameters import Parameter, list_parameters
from goodstanding.lab.simulation.agreement import Agreement, check_lives
from goodstanding.lab.simulation.civil_days import find_month_start
from goodstanding.lab.simulation.kernel_tables import list_acts
from goodstanding.lab.simulation.months.months_on_lists import find_catalogues_read
from goodstanding.lab.simulation.runs import run
from goodstanding.lab.simulation.scheme_checks import EPOCH, refuse_if_unfit
from goodstanding.messages import Message, RunMessage

AGENTS, LIVES, MONTHS, SEED = 1_000, 100, 60, 1


@dataclass(frozen=True, slots=True)
class StatedParameter:
    """A number that is assumed or was read somewhere: its value, range and unit, and where it comes from."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    mark: str
    source: str
    assumption: str


@dataclass(frozen=True, slots=True)
class CatalogueCheck:
    """What is known of a catalogue before anybody lives under it, and what a small sample of lives said.

    variants      how many records that differ the behaviour can make, by type of record
    ineffective   measures with their field whose effect on anybody is not known, so that nothing follows from them
    refusal       why the catalogue is not compiled, or not run; empty where it is
    agreement     how much was equal to the rules, where it ran
    difference    the first life that was not, where there is any
    """

    catalogue: str
    version: int
    digest: str
    behaviour_digest: str
    variants: Mapping[str, int]
    parameters: tuple[StatedParameter, ...]
    not_known: tuple[str, ...]
    ineffective: Mapping[str, str]
    is_compiled: bool
    refusal: str
    agreement: Agreement | None
    difference: str

    @property
    def is_sound(self) -> bool:
        """Whether it compiles, and no life differs from the rules."""
        return self.is_compiled and not self.difference


def check_catalogue(behaviour: Behaviour, lives: int = LIVES) -> CatalogueCheck:
    """Compiles a catalogue, and asks the rules about so many lives if the kernel can run it."""
    check = CatalogueCheck(
        catalogue=behaviour.catalogue.name, version=behaviour.catalogue.version, digest=behaviour.catalogue.digest,
        behaviour_digest=behaviour.digest, variants={}, parameters=_list_parameters(behaviour, ()),
        not_known=behaviour.rules.not_known, ineffective={}, is_compiled=False, refusal="", agreement=None,
        difference="",
    )  # fmt: skip
    try:
        scheme = compile_scheme(behaviour)
    except LaboratoryError as refusal:
        return replace(check, refusal=refusal.diagnostics())
    variants = list_variants(behaviour, list_origins(behaviour))
    compiled = replace(
        check, is_compiled=True, variants=dict(Counter(variant.record for variant in variants)),
        parameters=_list_parameters(behaviour, list_acts(scheme)), ineffective=_list_ineffective(behaviour, scheme),
    )  # fmt: skip
    return _try_lives(compiled, behaviour, scheme, variants, lives)


def _list_parameters(behaviour: Behaviour, acts: tuple[str, ...]) -> tuple[StatedParameter, ...]:
    """Those of the behaviour's own file, then how often each of its acts is done."""
    rates = {f"acts.{name}.rate": behaviour.acts.by_name[name].rate for name in acts}
    parameters: dict[str, Parameter] = list_parameters(behaviour.rules) | rates
    return tuple(
        StatedParameter(
            name, parameter.value, *parameter.range, parameter.unit, parameter.mark or "", parameter.source,
            parameter.assumption,
        )
        for name, parameter in parameters.items()
    )  # fmt: skip


def _list_ineffective(behaviour: Behaviour, scheme: SchemeArrays) -> dict[str, str]:
    names, channels = scheme.measures.names, scheme.measures.channels
    return {
        name: behaviour.catalogue.measures[name].field
        for name, channel in zip(names, channels, strict=True)
        if channel == NONE
    }


def _try_lives(
    check: CatalogueCheck, behaviour: Behaviour, scheme: SchemeArrays, variants: list[Variant], lives: int
) -> CatalogueCheck:
    others = [load_behaviour(name) for name in sorted(find_catalogues_read(scheme))]
    months, first = _find_months([behaviour, *others]), behaviour.rules.runs.from_
    try:
        refuse_if_unfit(scheme, first, months)
        lived = run(draw_shared_population([behaviour], AGENTS, SEED), behaviour, months)
        return replace(check, agreement=check_lives(lived, scheme.name, behaviour.catalogue, variants, lives))
    except LaboratoryError as refusal:
        if isinstance(refusal.coded, Message) and refusal.coded.code is RunMessage.LIFE_DIFFERS:
            return replace(check, difference=refusal.message)
        return replace(check, refusal=refusal.diagnostics())


def _find_months(behaviours: list[Behaviour]) -> int:
    """For how many months to live: as long as the rules of all that are lived beside one another are in force."""
    first, months = behaviours[0].rules.runs.from_, min(MONTHS, behaviours[0].rules.runs.months)
    ends = [behaviour.catalogue.until for behaviour in behaviours if behaviour.catalogue.until]
    days = min(((end - first).days for end in ends), default=OPEN)
    start = (first - EPOCH).days
    return sum(1 for month in range(1, months + 1) if find_month_start(start, month) - start <= days)
