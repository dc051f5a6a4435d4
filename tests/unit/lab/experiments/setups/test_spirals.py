"""A spiral is what is left beside the twin: nothing without feedback, and from each mechanism its sign."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from goodstanding.errors import LaboratoryError
from goodstanding.lab.compilation.scheme_arrays import SchemeArrays
from goodstanding.lab.experiments.experiment_file import get_experiment
from goodstanding.lab.experiments.setups import spirals
from goodstanding.lab.experiments.setups.setup import FIXED, ON, STRONG, RunSize
from goodstanding.lab.experiments.setups.spirals import FEEDBACK, SPIRALS, list_schemes
from goodstanding.lab.experiments.trials import TrialStore, run_trials
from goodstanding.lab.experiments.verdicts import Answer, judge
from goodstanding.lab.simulation.runs import run

EXPERIMENT = get_experiment("downward-spiral")
DEFAULTS = EXPERIMENT.defaults
SIZE = RunSize(5_000, 60)
SMALL = RunSize(500, 36)
DECIDING = [name for name, scheme in list_schemes().items() if not scheme.put_in]


@pytest.mark.parametrize("change", [{}, {"means-lost": 0.3, "elasticity": 3.0, "surcharge": 0.05, "saving": 3.0}])
def test_without_feedback_every_ratio_is_exactly_one(change: dict[str, float]) -> None:
    """Grades that change nothing make each scheme its own twin, however heterogeneous people and firms are."""
    measured = SPIRALS.measure(DEFAULTS | change, 1, FEEDBACK, SIZE)
    for name in list_schemes():
        assert [measured.figures[f"{name}{end}"] for end in ("", "-low", "-high")] == [1.0, 1.0, 1.0]
    assert measured.value == 1.0
    assert measured.figures["rongcheng-without-twin"] > 1.2


def test_lost_means_make_a_spiral_and_fear_breaks_it() -> None:
    """Each mechanism alone has its sign, under each scheme, and the strong control holds the claim."""
    strong = SPIRALS.measure(DEFAULTS, 1, STRONG, SIZE).figures
    assert strong["rongcheng-low"] > 1.5
    assert strong["jiangsu-low"] > 1.05
    afraid = DEFAULTS | {"fear": 0.5, "means-lost": 0.0, "surcharge": 0.0}
    measured, apart = SPIRALS.measure(afraid, 1, ON, SIZE), SPIRALS.describe(afraid, 1, SIZE)
    for name in ("rongcheng", "jiangsu"):
        assert measured.figures[f"{name}-high"] < 1.0
        assert apart[f"{name}-by-deterrence"] < 1.0
        assert apart[f"{name}-by-means"] == pytest.approx(1.0, abs=0.02)
    assert measured.value == max(measured.figures[name] for name in DECIDING)


@pytest.mark.parametrize(("cause", "key"), [({"surcharge": 0.0}, "by-means"), ({"saving": 0.0}, "by-means")])
def test_a_broken_mechanism_of_jiangsu_leaves_exactly_nothing(cause: dict[str, float], key: str) -> None:
    """Surcharges that cost nothing, or firms that do not save on cleaning, make no breach more."""
    assert SPIRALS.describe(DEFAULTS | cause, 1, SIZE)[f"jiangsu-{key}"] == 1.0
    assert SPIRALS.describe(DEFAULTS, 1, SIZE)[f"jiangsu-{key}"] > 1.0


def test_without_surcharges_is_with_surcharges_that_neither_cost_nor_frighten() -> None:
    """The same firms, findings and colours: switching the measures off is all that differs."""
    idle = SPIRALS.measure(DEFAULTS | {"surcharge": 0.0, "fear": 1.0}, 1, ON, SIZE).figures
    dear = SPIRALS.measure(DEFAULTS | {"surcharge": 0.05, "saving": 3.0}, 1, ON, SIZE).figures
    for key in ("", "-low", "-high", "-fallen", "-never-back"):
        assert idle[f"jiangsu{key}"] == idle[f"jiangsu-without{key}"] == dear[f"jiangsu-without{key}"]
    assert dear["jiangsu"] > dear["jiangsu-without"]


def test_the_greatest_ratio_counts_and_so_do_the_greatest_ends() -> None:
    """So the claim holds at a point where it does under one scheme, and is refuted where it is under all."""
    measured = SPIRALS.measure(DEFAULTS, 2, ON, SIZE)
    for key, joined in (("", measured.value), ("-low", measured.figures["measure-low"])):
        assert joined == max(measured.figures[f"{name}{key}"] for name in DECIDING)
    assert measured.figures["measure-high"] == max(measured.figures[f"{name}-high"] for name in DECIDING)


def test_where_nobody_falls_nothing_is_concluded() -> None:
    """Neither that there is a spiral nor that there is none: the interval has no end."""
    kept = DEFAULTS | {"emissions": 0.5, "emissions-noticed": 0.05}
    measured = SPIRALS.measure(kept, 1, ON, RunSize(100, 12))
    assert measured.figures["jiangsu-fallen"] == 0
    assert measured.figures["jiangsu"] == 1.0
    assert measured.figures["jiangsu-high"] == math.inf
    assert judge(EXPERIMENT, measured) is Answer.NEITHER


def test_a_few_lives_of_a_point_are_what_the_rules_say_of_them() -> None:
    """Under each scheme, with its measures as the parameters have them."""
    assert SPIRALS.check is not None
    SPIRALS.check(DEFAULTS | {"from-c": 1.0}, 5, SMALL)


def test_a_run_whose_kernel_differs_from_the_rules_ends_with_the_life(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One point too few taken for each order to correct, in the kernel's table alone: nothing is concluded."""
    right = spirals.punish

    def punish_wrongly(*parts: Any) -> SchemeArrays:
        scheme = right(*parts)
        few = [
            replace(points, stage_points=points.stage_points + (points.stage_points == -1)) for points in scheme.points
        ]
        return replace(scheme, points=tuple(few))

    monkeypatch.setattr(spirals, "punish", punish_wrongly)
    store = TrialStore(tmp_path, EXPERIMENT, 1, SMALL)
    with pytest.raises(LaboratoryError, match=r"cn-environment-12-surcharges(.|\n)*differs from the rules:\n"):
        run_trials(EXPERIMENT, SPIRALS, store, 1, SMALL)


def test_the_file_names_every_figure_of_every_scheme() -> None:
    """No number of a report is without its words, and no words without a number."""
    figures = {**SPIRALS.measure(DEFAULTS, 1, ON, SMALL).figures, **SPIRALS.describe(DEFAULTS, 1, SMALL)}
    bare = {name.removesuffix("-low").removesuffix("-high") for name in figures} - {"measure"}
    keys = ("", *(f"-{key}" for key in EXPERIMENT.scheme_figures))
    assert bare == {f"{name}{key}" for name in list_schemes() for key in keys}


def test_a_scheme_whose_direction_was_put_in_decides_nothing() -> None:
    """It stands beside the others with its own figure, however great."""
    measured = SPIRALS.measure(DEFAULTS, 1, STRONG, SIZE)
    assert DECIDING == ["rongcheng", "jiangsu", "jiangsu-without"]
    assert measured.figures["court-list"] > 1.0
    assert measured.value == max(measured.figures[name] for name in DECIDING)


def test_where_nothing_changes_nobody_lives_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dearer surcharges move one scheme alone; what a study without twins would see is in the lives there are."""
    before, lived = SPIRALS.measure(DEFAULTS, 91, ON, SMALL), list[str]()

    def run_and_note(*parts: Any, **named: Any) -> Any:
        lived.append(parts[1].name)
        return run(*parts, **named)

    monkeypatch.setattr(spirals, "run", run_and_note)
    fixed = SPIRALS.measure(DEFAULTS, 91, FIXED, SMALL).figures
    assert lived == []
    assert fixed["rongcheng"] == before.figures["rongcheng-without-twin"]
    dearer = SPIRALS.measure(DEFAULTS | {"surcharge": 0.05}, 91, ON, SMALL).figures
    assert lived == ["cn-environment-12-surcharges"]
    assert dearer["court-list"] == before.figures["court-list"]
