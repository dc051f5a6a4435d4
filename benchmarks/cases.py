"""Hearings: steps replayed, a million open cases compared with a moment, a desk's queue; timers as peer."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from benchmarks.harness.isolated_process import measure_call
from benchmarks.harness.registers import NOW, POSTGRES, SQLITE, Registers, Unavailable, make_register, use_register
from benchmarks.harness.results import Bar, Outcome, Peer, Result, Skipped, compute_median, compute_quantile, time_call

STEPS, CASES, TIMERS, SOURCES, SEED = 1_000_000, 1_000_000, 100_000, 200, 2026
REPLAYED, COMPARED, QUEUE = Bar(60.0, most=True), Bar(0.5, most=True), Bar(100.0, most=True)
TIMED = Bar(10.0, ratio=1.0, most=True)
FIRST = date(2026, 1, 5)
AT, AT_ONCE, ROUNDS, QUEUES = date(2026, 7, 1), 50_000, 7, 100
_LATE = 0.95


def run(registers: Registers) -> Iterator[Outcome]:
    """Seconds to replay steps; seconds and milliseconds over a million cases; timers of another library beside."""
    replayed = measure_call(replay_steps).value
    yield Result("1,000,000 steps of cases replayed", replayed["seconds"], "s", REPLAYED, None, replayed)
    for database in (SQLITE, POSTGRES):
        try:
            yield from _measure_database(database, registers)
        except Unavailable as missing:
            yield Skipped(f"open cases, {database}", str(missing))


def _measure_database(database: str, registers: Registers) -> Iterator[Outcome]:
    folder = registers.of(f"hearings_{database}")
    samples = measure_call(measure_open_cases, str(folder), registers.url(database, f"hearings_{database}")).value
    peer = None
    if database == POSTGRES:
        timers = measure_call(set_timers, registers.url(POSTGRES, "timers")).value
        peer = Peer("procrastinate: 100,000 timers set and asked which are due", timers["set"] + timers["due"])
        seconds = samples["written"] + samples["some"]
        yield Result("100,000 deadlines written and asked about", seconds, "s", TIMED, peer, samples | timers)
    note = f"{samples['open']:,} open of {CASES:,}"
    yield Result(
        f"open cases compared with a moment, {database}",
        compute_median(samples["compared"]),
        "s",
        COMPARED,
        None,
        samples,
        note,
    )
    queue = compute_quantile(samples["queue"], _LATE)
    yield Result(f"a desk's queue over a million cases p95, {database}", queue, "ms", QUEUE, None, samples)


def replay_steps() -> dict[str, Any]:
    """Seconds that a million steps take, from proposals to appeals, in cases that end differently."""
    from goodstanding.procedure.case_machine import apply_act
    from goodstanding.procedure.case_states import HeardCase
    from goodstanding.procedure.time_limits import ProcedureTerms

    cases = list(_list_histories(2_000))
    terms, done = ProcedureTerms(), 0
    begun = time.perf_counter()
    while done < STEPS:
        for history in cases:
            case = HeardCase(terms)
            for step in history:
                case = apply_act(case, step)
            done += len(history)
    return {"seconds": time.perf_counter() - begun, "steps": done}


def _list_histories(number: int) -> Iterator[list[Any]]:
    """The acts of cases that were told, answered, decided, served, and partly appealed."""
    from goodstanding.procedure.case_states import Act, CompletedAct

    drawn = random.Random(SEED)
    for _ in range(number):
        day = FIRST + timedelta(days=drawn.randrange(180))
        acts = [
            CompletedAct(Act.PROPOSE, day, "Ada"),
            CompletedAct(Act.SERVE_NOTICE, day + timedelta(days=drawn.randrange(1, 20)), "Ada"),
            CompletedAct(Act.REPLY, day + timedelta(days=22), "the company"),
            CompletedAct(Act.DECIDE, day + timedelta(days=30), "Ben", drawn.random() < 0.9, reasons="It was so."),
        ]  # fmt: skip
        if acts[-1].upheld:
            acts.append(CompletedAct(Act.SERVE_DECISION, day + timedelta(days=35), "Ben"))
            if drawn.random() < 0.3:
                acts.append(CompletedAct(Act.APPEAL, day + timedelta(days=50), "the company"))
        yield acts[: drawn.randrange(1, len(acts) + 1)] if drawn.random() < 0.5 else acts


def _count_open_cases() -> list[tuple[str, str, int]]:
    """How many cases of each source stand in each phase on the day asked about."""
    from goodstanding.procedure.case_states import Phase
    from goodstanding.register.storage.queries import fetch_rows

    phases = ", ".join(f"'{phase}'" for phase in Phase if phase not in (Phase.ENDED, Phase.GRANTED))
    statement = f"""
SELECT source, phase, count(*)
FROM hearing_span
WHERE phase IN ({phases})
  AND (valid_to > %s OR valid_to IS NULL)
  AND valid_from <= %s
GROUP BY source, phase
ORDER BY source, phase
"""
    return fetch_rows(statement, [AT, AT])


def measure_open_cases(folder: str, url: str) -> dict[str, Any]:
    """A new register with a million cases: seconds to ask how many are open, milliseconds of a desk's queue."""
    make_register(folder, url)
    use_register(folder)
    _enact()
    written = _write_cases()
    _analyse_tables()
    from goodstanding.access import Actor, Role

    compared = [time_call(_count_open_cases) for _ in range(ROUNDS)]
    actors = [Actor(Role.SOURCE, _office(number), "Ada") for number in range(QUEUES)]
    waiting = [1000 * time_call(_open_desk, actor) for actor in actors]
    some = time_call(_count_open_cases) * TIMERS / CASES
    return {"open": sum(number for *_, number in _count_open_cases()), "compared": compared, "queue": waiting,
            "some": some, "written": written * TIMERS / CASES}  # fmt: skip


def _open_desk(actor: Any) -> None:
    """What a desk shows: how many cases wait in each queue, and the first page of the first one."""
    from goodstanding.register.cases.desks import get_desk
    from goodstanding.register.cases.work_queues import count_queued_cases, list_queue
    from goodstanding.register.files.point_in_time import PointInTime

    desk, moment = get_desk(actor), PointInTime(AT)
    count_queued_cases(desk, moment)
    list_queue(desk, desk.queues[0], moment)


def _enact() -> None:
    from goodstanding.catalogue import load_files, load_library
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue

    files = load_library()["procurement-exclusion"].files
    offices = [f"{_office(number)},Office {number},deciding-body," for number in range(SOURCES)]
    named = "\n".join([*files["sources.csv"].strip().splitlines(), *offices, ""])
    enact_catalogue(load_files({**files, "sources.csv": named}), FIRST, NOW)
    catch_up()


def _write_cases() -> float:
    """Writes a million cases as the register lays them down: who, what was done, what follows; gives the seconds."""
    from goodstanding.register.storage.columns import open_column_store

    begun = time.perf_counter()
    for first in range(0, CASES, AT_ONCE):
        with open_column_store() as store:
            for name, table in _build_tables(range(first, min(first + AT_ONCE, CASES))).items():
                store.add(name, table)
    return time.perf_counter() - begun


def _analyse_tables() -> None:
    """What a database server does by itself within a minute of a large load: it learns how its tables are filled."""
    from django.db import connections

    from goodstanding.register.storage.database_router import get_projection_alias

    database = connections[get_projection_alias()]
    if database.vendor == "postgresql":
        with database.cursor() as cursor:
            for table in ("hearing", "hearing_act", "hearing_span", "subject", "identifier"):
                cursor.execute(f"VACUUM (ANALYZE) {table}")


def _build_tables(numbers: range) -> dict[str, Any]:
    import pyarrow as pa

    from goodstanding.register.projection.case_rows import SPANS

    drawn, acts, spans = random.Random(SEED + numbers.start), list[dict[str, Any]](), list[dict[str, Any]]()
    for number in numbers:
        done = _draw_acts(drawn)
        acts += [_build_act_row(2 * number + step, 2 * number, case_act) for step, case_act in enumerate(done)]
        spans += _list_span_rows(number, done)
    same = {
        "catalogue": "procurement-exclusion",
        "listed": "excluded-for-misconduct",
        "act": "CaseProposed",
        "code": "",
    }
    cases = [
        {"position": 2 * case_number, "subject_id": case_number, "source": _office(case_number), **same}
        for case_number in numbers
    ]
    who = dict.fromkeys(("names", "searchable", "region", "sector"), "") | {"kind": "organisation"}
    return {
        "subject": pa.Table.from_pylist(
            [{"id": case_number, "name": f"Example {case_number}", **who} for case_number in numbers]
        ),
        "identifier": pa.Table.from_pylist(
            [{"text": f"lei:{case_number}", "subject_id": case_number} for case_number in numbers]
        ),
        "hearing": pa.Table.from_pylist(cases),
        "hearing_act": pa.Table.from_pylist(acts),
        "hearing_span": pa.Table.from_pylist(spans, schema=SPANS),
    }


def _office(number: int) -> str:
    return f"office-{number % SOURCES}"


def _draw_acts(drawn: random.Random) -> list[Any]:
    """What was done in a case that is open at the moment asked about."""
    from goodstanding.procedure.case_states import Act, CompletedAct

    day = AT - timedelta(days=drawn.randrange(1, 26))
    done = [CompletedAct(Act.PROPOSE, day, "Ada")]
    if drawn.random() < 0.7:
        done.append(CompletedAct(Act.SERVE_NOTICE, day + timedelta(days=drawn.randrange(1, 20)), "Ada"))
    return done


def _build_act_row(position: int, case: int, done: Any) -> dict[str, Any]:
    fields = {"position": position, "case_position": case, "act": done.act.value, "day": done.day, "person": done.by}
    return fields | {"office": "", "upheld": 1}


def _list_span_rows(number: int, done: list[Any]) -> list[dict[str, Any]]:
    from functools import reduce

    from goodstanding.procedure.case_effects import list_span_effects
    from goodstanding.procedure.case_machine import apply_act
    from goodstanding.procedure.case_states import HeardCase
    from goodstanding.procedure.time_limits import ProcedureTerms
    from goodstanding.register.projection.case_rows import LIFTS

    fields = {"case_position": 2 * number, "subject_id": number, "catalogue": "procurement-exclusion",
              "source": _office(number), "listed": "excluded-for-misconduct"}  # fmt: skip
    return [
        fields | {"phase": span.phase.value, "valid_from": span.since, "valid_to": span.until,
                  "then": span.then.value if span.then else "", "binds": int(span.binds),
                  "lifts": LIFTS.index(span.lifts)}
        for span in list_span_effects(reduce(apply_act, done, HeardCase(ProcedureTerms())))
    ]  # fmt: skip


def set_timers(url: str) -> dict[str, float]:
    """The same for deadlines as timers: seconds to set a hundred thousand, and to ask which are due at a moment."""
    from datetime import UTC, datetime

    import procrastinate
    import psycopg

    app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=url))

    @app.task(name="deadline")
    def deadline(case: int) -> None:
        """What a timer would do."""

    drawn, at = random.Random(SEED), datetime(AT.year, AT.month, AT.day, tzinfo=UTC)
    with app.open():
        app.schema_manager.apply_schema()
        begun = time.perf_counter()
        for first in range(0, TIMERS, 10_000):
            days = [at + timedelta(days=drawn.randrange(-20, 60)) for _ in range(10_000)]
            for moment in sorted(set(days)):
                cases: list[Any] = [{"case": first + number} for number, day in enumerate(days) if day == moment]
                deadline.configure(schedule_at=moment).batch_defer(*cases)
        setting_s = time.perf_counter() - begun
    with psycopg.connect(url) as connection:
        statement = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at <= %s"
        due = time_call(lambda: connection.execute(statement, [at]).fetchall())
    return {"set": setting_s, "due": due}
