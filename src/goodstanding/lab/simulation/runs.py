"""A run: one life of each agent under each scheme, and beside it the twin, in whom the measures do nothing.

Chunk by chunk, so that memory depends neither on the horizon nor on the population. All arms of a scheme have the same
candidates, and all are counted from the day on which their agent first fell in the first arm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from goodstanding.errors import LaboratoryError
from goodstanding.lab.acts import Acts, AgentKind, load_acts
from goodstanding.lab.behaviour.behaviour_file import Behaviour, load_behaviour
from goodstanding.lab.compilation.compiler import compile_scheme
from goodstanding.lab.compilation.scheme_arrays import OutcomeArrays, PointsArrays, SchemeArrays
from goodstanding.lab.simulation.docket.case_counts import count_case_columns, read_case_counts
from goodstanding.lab.simulation.docket.docket_table import ArmTables
from goodstanding.lab.simulation.drawn_chunks import KINDS, get_cells
from goodstanding.lab.simulation.kernel_tables import Days, Integers
from goodstanding.lab.simulation.life_loop import KEPT_AFTER, KEPT_BACK, KEPT_FALL, KEPT_RECORDS
from goodstanding.lab.simulation.months.months_on_lists import find_catalogues_read, list_listed_months
from goodstanding.lab.simulation.months.others import ListedMonths, tie_scheme
from goodstanding.lab.simulation.outcomes.grade_levels import list_standings
from goodstanding.lab.simulation.reactions import MECHANISMS
from goodstanding.lab.simulation.run_counts import ArmCounts, Mechanisms, Run, SchemeCounts
from goodstanding.lab.simulation.scheme_checks import EPOCH, refuse_if_unfit
from goodstanding.lab.simulation.scheme_lives import LivedArm, SchemeLives, prepare_lives
from goodstanding.lab.simulation.worker_threads import share_out
from goodstanding.lab.world import Population
from goodstanding.lab.world.ties import Ties
from goodstanding.messages import Message, RunMessage

ARMS: tuple[Mechanisms, ...] = (MECHANISMS, ())
BUSIEST = 50
Rules = str | Behaviour | SchemeArrays
CompiledRules = tuple[SchemeArrays, Behaviour | None]


def run(
    population: Population,
    schemes: Rules | Sequence[Rules],
    months: int,
    seed: int | None = None,
    *,
    start: date | None = None,
    bad_grades: Iterable[str] | None = None,
    bad_lists: Iterable[str] | None = None,
    arms: Sequence[Mechanisms] = ARMS,
    acts: Acts | None = None,
    beside: Mapping[str, ListedMonths] | None = None,
    ties: Ties | None = None,
    memory: int | None = None,
) -> Run:
    """One life of each agent under each scheme, side by side; without a seed it is the population's.

    A scheme is named by its catalogue, or given as a behaviour or as arrays. `start` is the first day, else that of the
    behaviour, else that on which the rules came into force; an agent falls on the first day with one of `bad_grades`,
    else with the last band of a scheme, or on one of `bad_lists`, else, without grades, on any list. A list that a
    scheme reads names whom `beside` says (`spc-debtors-2013.judgment-debtors`), else whom it names in this run, for
    which its catalogue is lived too. Where agents meet, `ties` say whom, else they are drawn; a population that does
    not fit into `memory`, in bytes, is refused before.
    """
    rules = [schemes] if isinstance(schemes, Rules) else list(schemes)
    life_seed, lists = population.seed if seed is None else seed, dict(beside or {})
    compiled = _add_lists_read([_compile_rules(of_scheme) for of_scheme in rules], lists)
    counts: dict[int, SchemeCounts] = {}
    for place in _put_readers_last([scheme for scheme, _behaviour in compiled]):
        scheme, behaviour = compiled[place]
        first = start or _find_first_day(compiled, place)
        refuse_if_unfit(scheme, first, months)
        bad = mark_bad_grades(scheme, bad_grades), mark_bad_lists(scheme, bad_lists)
        own_ties = tie_scheme(population, scheme, ties, memory)
        vocabulary = acts or (behaviour.acts if behaviour else load_acts())
        lives = [
            prepare_lives(population, scheme, kind, vocabulary, first, months, life_seed, *bad, own_ties, lists)
            for kind in KINDS
            if get_cells(population, kind).size
        ]
        counts[place] = replace(_run_scheme(population, lives, tuple(arms)), behaviour=behaviour)
        if _is_read(compiled, place):
            lists |= list_listed_months(population, counts[place])
    return Run(population, tuple(counts[place] for place in range(len(rules))))


def _add_lists_read(compiled: list[CompiledRules], lists: Mapping[str, ListedMonths]) -> list[CompiledRules]:
    """After the schemes of a run the catalogues whose lists they read, where nobody says whom those name."""
    present = {scheme.name for scheme, _behaviour in compiled} | {name.rpartition(".")[0] for name in lists}
    read = set[str]().union(*(find_catalogues_read(scheme) for scheme, _behaviour in compiled))
    return [*compiled, *map(_compile_rules, sorted(read - present))]


def _put_readers_last(schemes: list[SchemeArrays]) -> list[int]:
    return sorted(range(len(schemes)), key=lambda place: bool(find_catalogues_read(schemes[place])))


def _is_read(compiled: list[CompiledRules], place: int) -> bool:
    """Whether another scheme of the run reads a list of this one."""
    name = compiled[place][0].name
    return any(name in find_catalogues_read(scheme) for scheme, _behaviour in compiled)


def _find_first_day(compiled: list[CompiledRules], place: int) -> date:
    """The first day of a scheme's own run; of one whose lists another reads, the first day of that one."""
    readers = [row for row, (scheme, _behaviour) in enumerate(compiled) if find_catalogues_read(scheme)]
    scheme, behaviour = compiled[readers[0] if readers and _is_read(compiled, place) else place]
    return behaviour.rules.runs.from_ if behaviour else EPOCH + timedelta(scheme.first_day)


def _compile_rules(rules: Rules) -> CompiledRules:
    if isinstance(rules, SchemeArrays):
        return rules, None
    behaviour = load_behaviour(rules) if isinstance(rules, str) else rules
    return compile_scheme(behaviour), behaviour


def mark_bad_grades(scheme: SchemeArrays, bad_grades: Iterable[str] | None) -> NDArray[np.bool_]:
    """Which standings count as a fall; raises LaboratoryError for a grade that no scheme of the catalogue has."""
    graded: list[PointsArrays | OutcomeArrays] = [*scheme.points, *scheme.outcomes]
    grade_names = tuple(dict.fromkeys(name for arrays in graded for name in arrays.grade_names))
    last = [arrays.grade_names[arrays.band_grades[-1]] for arrays in graded if len(arrays.band_grades)]
    names = last if bad_grades is None else list(bad_grades)
    for name in names:
        if name not in grade_names:
            unknown = Message(RunMessage.GRADE_UNKNOWN, {"catalogue": scheme.name, "grade": repr(name)})
            raise LaboratoryError(unknown, remedy=", ".join(grade_names))
    rows = list_standings(scheme).list_grade_names()
    return np.array([any(name in names for name in row) for row in rows], np.bool_)


def mark_bad_lists(scheme: SchemeArrays, bad_lists: Iterable[str] | None) -> NDArray[np.bool_]:
    """Which lists of a scheme count as a fall; raises LaboratoryError for one that it does not have."""
    list_names = scheme.stated_cases.list_names if scheme.stated_cases else ()
    names = list(list_names if bad_lists is None and not (scheme.points or scheme.outcomes) else bad_lists or ())
    for name in names:
        if name not in list_names:
            unknown = Message(RunMessage.NO_SUCH_LIST, {"catalogue": scheme.name, "list": repr(name)})
            raise LaboratoryError(unknown, remedy=", ".join(list_names) or None)
    return np.array([name in names for name in list_names], np.bool_)


@dataclass(slots=True)
class _Tally:
    """What is added up, chunk by chunk."""

    totals: list[Integers]
    records: list[int]
    back: list[int]
    breaches: Integers
    products: Integers
    agents: int = 0
    fallen: int = 0
    months_after: int = 0
    again: int = 0
    busiest: dict[AgentKind, Integers] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


def _run_scheme(population: Population, lives: list[SchemeLives], arms: tuple[Mechanisms, ...]) -> SchemeCounts:
    scheme = lives[0].scheme
    width = 2 * len(lives[0].plan.names) + 1 + len(lives[0].is_bad) + count_case_columns(scheme)
    number = len(arms)
    tally = _Tally(
        [np.zeros(width, np.int64) for _ in arms], [0] * number, [0] * number, np.zeros(number, np.int64),
        np.zeros((number, number), np.int64),
    )  # fmt: skip
    for of_kind in lives:
        live_part, size = partial(_live_part, population, of_kind, of_kind.build_arms(arms), tally), of_kind.size
        if of_kind.meets:
            live_part(range(size))
        else:
            share_out(live_part, size)
    return _sum_up(lives, arms, tally)


def _live_part(
    population: Population, lives: SchemeLives, tables: list[ArmTables], tally: _Tally, numbers: range
) -> None:
    """All arms of some agents; the falls of the first are those of all."""
    chunk = lives.build_agents(population, numbers)
    arms = lives.live_arms(chunk.table, tables)
    with tally.lock:
        _note_lives(arms, tally)
        _note_busiest(lives.kind, chunk.numbers, arms[0][0][:, KEPT_RECORDS], tally)
        _note_falls(lives.month_starts, arms[0][0][:, KEPT_FALL], tally)


def _note_lives(arms: list[LivedArm], tally: _Tally) -> None:
    """Adds what was kept of each arm's lives, what they did, and how many needed more room."""
    for arm, (kept, totals, again) in enumerate(arms):
        tally.totals[arm] += totals
        tally.records[arm] += int(kept[:, KEPT_RECORDS].sum())
        tally.back[arm] += int(kept[:, KEPT_BACK].sum())
        tally.again += again
    breaches = np.stack([kept[:, KEPT_AFTER] for kept, _totals, _again in arms]).astype(np.int64)
    tally.breaches += breaches.sum(axis=1)
    tally.products += breaches @ breaches.T


def _note_falls(month_starts: Integers, falls: Days, tally: _Tally) -> None:
    fallen = falls[falls < month_starts[-1]]
    months_after = len(month_starts) - 1 - np.searchsorted(month_starts[:-1], fallen)
    tally.agents += len(falls)
    tally.fallen += len(fallen)
    tally.months_after += int(months_after.sum())


def _note_busiest(kind: AgentKind, numbers: NDArray[np.signedinteger], records: Days, tally: _Tally) -> None:
    """Keeps the agents with the most records: rows of records and number, the most first."""
    rows = tally.busiest.get(kind, np.empty((0, 2), np.int64))
    least = rows[-1, 0] if len(rows) == BUSIEST else _find_least(records)
    may_be = np.flatnonzero(records >= least)
    rows = np.concatenate([rows, np.column_stack([records[may_be], numbers[may_be]])])
    tally.busiest[kind] = rows[np.lexsort((rows[:, 1], -rows[:, 0]))][:BUSIEST]


def _find_least(records: Days) -> int:
    """How many records the last of the busiest has."""
    return int(np.partition(records, -BUSIEST)[-BUSIEST]) if len(records) > BUSIEST else 0


def _sum_up(lives: list[SchemeLives], arms: tuple[Mechanisms, ...], tally: _Tally) -> SchemeCounts:
    scheme, names, months = lives[0].scheme, lives[0].plan.names, len(lives[0].month_starts) - 1
    acts = len(names)
    days = slice(2 * acts, 2 * acts + 1 + len(_list_grade_names(scheme)))
    return SchemeCounts(
        name=scheme.name, lives={of_kind.kind: of_kind for of_kind in lives}, act_names=names,
        grade_names=_list_grade_names(scheme), list_names=scheme.stated_cases.list_names if scheme.stated_cases else (),
        agents=tally.agents, months=months, fallen=tally.fallen,
        months_after=tally.months_after,
        arms=tuple(
            ArmCounts(
                mechanisms, totals[:acts], totals[acts : 2 * acts], totals[days], records, back,
                read_case_counts(scheme, totals[days.stop :]),
            )
            for mechanisms, totals, records, back in zip(arms, tally.totals, tally.records, tally.back, strict=True)
        ),
        breaches_after=tally.breaches, products=tally.products,
        busiest={kind: rows[:, 1] for kind, rows in tally.busiest.items()}, again=tally.again,
    )  # fmt: skip


def _list_grade_names(scheme: SchemeArrays) -> tuple[str, ...]:
    return tuple(map(" ".join, list_standings(scheme).list_grade_names()))
