"""Commands of the laboratory: list, run."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from goodstanding.cli.groups import build_group
from goodstanding.cli.laboratory.report_output import write_report
from goodstanding.cli.options import LARGEST_NUMBER, Json
from goodstanding.cli.output import print_line, print_problem, print_result, print_table, show_progress

if TYPE_CHECKING:
    from goodstanding.lab.experiments.experiment_runs import RunPlan

app = build_group("The laboratory: claims of the public debate, as experiments that can be lost.")
ALL = "all"
DEFAULT_FOLDER = Path("laboratory")
AGENTS, SEED, LEAST_AGENTS = 10_000, 1, 100
MOST_AGENTS = 1_000_000  # of one point, which is held in memory whole


@app.command("list")
def list_experiments(json: Json = False) -> None:
    """Lists the experiments: the claim of each, who says it, and how it is tried."""
    from goodstanding.lab.experiments.experiment_file import get_experiment, list_experiment_names

    rows = [
        {
            "experiment": experiment.experiment,
            "title": experiment.title,
            "kind": experiment.kind,
            "claim": experiment.claim.says,
            "who": experiment.claim.who,
            "digest": experiment.digest,
        }
        for experiment in map(get_experiment, list_experiment_names())
    ]
    print_result(rows, json, _show_experiments)


def _show_experiments(rows: list[dict[str, Any]]) -> None:
    columns = ("experiment", "kind", "claim")
    print_table(columns, [tuple(row[name] for name in columns) for row in rows])


@app.command("run")
def run_experiments(
    name: str = typer.Argument(..., metavar="NAME|all", help="An experiment, or all of them."),
    agents: int = typer.Option(
        AGENTS, "--agents", metavar="N", min=LEAST_AGENTS, max=MOST_AGENTS, help="People at each simulated point."
    ),
    seed: int = typer.Option(SEED, "--seed", metavar="S", min=0, max=LARGEST_NUMBER, help="Where chance begins."),
    out: Path = typer.Option(DEFAULT_FOLDER, "--out", metavar="DIR", help="Where reports and finished points go."),
    quick: bool = typer.Option(False, "--quick", help="Runs 64 points instead of 512: a first look."),
    json: Json = False,
) -> None:
    """Runs experiments and writes their reports; goes on where it was cut off; ends with 1 where one is void."""
    plans = _build_plans(name, agents, seed, quick)
    for plan in plans:
        _tell_duration(plan, out)
    summaries = [_run_plan(plan, out) for plan in plans]
    print_result(summaries, json, _show_verdicts)
    if any(summary["verdict"] == "void" for summary in summaries):
        raise typer.Exit(1)


def _build_plans(name: str, agents: int, seed: int, quick: bool) -> list[RunPlan]:
    from goodstanding.lab.experiments.experiment_file import get_experiment, list_experiment_names
    from goodstanding.lab.experiments.experiment_runs import MONTHS, RunPlan
    from goodstanding.lab.experiments.setups.setup import RunSize

    experiments = map(get_experiment, list_experiment_names() if name == ALL else (name,))
    return [RunPlan(experiment, seed, RunSize(agents, MONTHS), quick) for experiment in experiments]


def _tell_duration(plan: RunPlan, out: Path) -> None:
    """Says how long an experiment will take, by timing a few of its points."""
    from goodstanding.lab.experiments.experiment_runs import estimate_seconds, list_unfinished

    name = plan.experiment.experiment
    trials = list_unfinished(plan, out / name)
    seconds = estimate_seconds(plan, trials, time.perf_counter)
    duration = f"about {_describe_seconds(seconds)} with the search for what turns the verdict"
    if trials:
        print_problem(f"{name}: {len(trials)} points to run, {duration}")
    else:
        print_problem(f"{name}: every point is finished in {out / name}, {duration}")


def _describe_seconds(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} seconds"
    return f"{round(seconds / 60)} minutes" if seconds < 5_400 else f"{seconds / 3_600:.1f} hours"


def _run_plan(plan: RunPlan, out: Path) -> dict[str, Any]:
    from goodstanding.lab.experiments.experiment_runs import run_experiment

    name = plan.experiment.experiment
    with show_progress() as tell:
        run = run_experiment(plan, out / name, lambda done, total: tell(name, done, total))
    return write_report(run, out)


def _show_verdicts(summaries: list[dict[str, Any]]) -> None:
    for summary in summaries:
        print_line(f"{summary['experiment']}: {summary['sentence']}")
        print_line(f"  The report is in {summary['report']}")
