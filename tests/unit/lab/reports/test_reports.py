"""A report says the verdict first, hides no assumption and no uncertainty, and can reach nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from unittest import mock

import pytest
from tests.small_experiment import LEVER, SETUP, SIZE, build_experiment, measure_pull

from goodstanding.lab.experiments import experiment_runs
from goodstanding.lab.experiments.experiment_runs import (
    ExperimentRun,
    RunPlan,
    estimate_seconds,
    list_unfinished,
    run_experiment,
)
from goodstanding.lab.experiments.setups.setup import Measurement, RunSize, Setup, Values
from goodstanding.lab.experiments.verdicts import Verdict
from goodstanding.lab.reports.figure_words import render_end, render_figure, render_share
from goodstanding.lab.reports.report_charts import spread_apart
from goodstanding.lab.reports.report_content import build_report, encode_report
from goodstanding.lab.reports.report_page import render_prose, render_report

PUT_IN = ("kind: simulated", "kind: simulated\nput_in: the rope is tied to the lever")


@pytest.fixture(autouse=True, scope="module")
def own_setup() -> Iterator[None]:
    """Plans run the small experiment's own set-up; everything else is as it is shipped."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(experiment_runs, "get_setup", lambda name: SETUP)
        yield


@pytest.fixture(scope="module")
def run(own_setup: None, tmp_path_factory: pytest.TempPathFactory) -> ExperimentRun:
    """The experiment as its file says it."""
    return run_small(tmp_path_factory.mktemp("run"))


@pytest.fixture(scope="module")
def page(run: ExperimentRun) -> str:
    """The page of that run."""
    return render_report(build_report(run), run)


def run_small(folder: Path, *replacements: tuple[str, str], quick: bool = False) -> ExperimentRun:
    """A run of the small experiment."""
    return run_experiment(RunPlan(build_experiment(*replacements), 1, SIZE, quick), folder)


def render_small(folder: Path, *replacements: tuple[str, str]) -> str:
    """The page of such a run."""
    run = run_small(folder, *replacements)
    return render_report(build_report(run), run)


class _PageReader(HTMLParser):
    """Tags with their attributes, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))


def read_tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    """The tags of a page."""
    reader = _PageReader()
    reader.feed(page)
    return reader.tags


def test_the_verdict_comes_first_with_its_interval(page: str) -> None:
    """Before the claim stands what came out; the share has its interval, and is said to be no probability."""
    verdict, claim = page.index("It depends: the claim holds in"), page.index("A lever moves what it is tied to.")
    assert verdict < claim
    assert "95% interval" in page[verdict : verdict + 120]
    assert "A share of a range is not a probability" in page[:claim]


def test_that_an_answer_was_put_in_is_its_first_line(tmp_path: Path) -> None:
    """The heading, the sentence and the badge say so before anything else is said."""
    run = run_small(tmp_path, PUT_IN)
    report = build_report(run)
    assert run.conclusion.verdict is Verdict.PUT_IN
    assert report["verdict"]["sentence"].startswith("This was put in, not found: the rope is tied to the lever.")
    page = render_report(report, run)
    body = page[page.index("<h1>") :]
    assert body.index("Put in, not found") < body.index("The claim holds" if "The claim holds" in body else "</main>")
    assert report["verdict"]["badge"] == "Put in"


def test_a_void_experiment_concludes_nothing(tmp_path: Path) -> None:
    """It names the mechanism that did not vanish, and no share of anything."""
    sentence = build_report(run_small(tmp_path, ("leaves: 0, within: 0", "leaves: 9, within: 1")))["verdict"][
        "sentence"
    ]
    assert sentence == "Nothing can be concluded: with lever switched off, the effect should be gone, and is not."


def test_everything_that_could_refute_it_is_on_the_page(page: str) -> None:
    """Both thresholds with their reasons, the ablation, assumptions, the counter-claim, ranges, and where it flips."""
    for text in (
        "Less than half a metre is not seen.", "So little moves in the wind.", "The lever is tied to nothing.",
        "The rope does not stretch.", "Nothing moves by itself.", "0 to 1", "nobody measured it", "from memory",
        "Nobody published how far a lever moves.", "from 0.7 to 0.5", "No point",
    ):  # fmt: skip
        assert text in page, text


def test_no_figure_stands_without_its_uncertainty(run: ExperimentRun) -> None:
    """A figure with an interval shows it; each arm has its middle nine tenths; each share its two ends."""
    report = build_report(run)
    (force,) = report["figures"]
    assert (force["low"], force["value"], force["high"], force["by"]) == (6.0, 7.0, 8.0, "interval")
    assert all(arm["low"] <= arm["median"] <= arm["high"] for arm in report["result"]["arms"])
    shares = [report["result"][name] for name in ("holds", "refuted", "holds_anywhere")]
    assert all(share["low"] < share["high"] for share in shares)


def test_a_page_reaches_nothing_and_runs_nothing(page: str) -> None:
    """No script, no address, no inline style; its own policy forbids all but the one style sheet, by its digest."""
    tags = read_tags(page)
    assert not {"script", "link", "img", "iframe", "object", "form", "base", "foreignobject", "image", "use"} & {
        tag for tag, _attributes in tags
    }
    for tag, attributes in tags:
        assert not {"style", "src", "href", "xlink:href", "srcset"} & attributes.keys(), tag
        assert not any(name.startswith("on") for name in attributes), tag
        assert not any("url(" in (value or "") for value in attributes.values()), tag
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert "url(" not in style
    assert "@import" not in style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(attributes["content"] for tag, attributes in tags if "http-equiv" in attributes)
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_what_a_file_says_is_text_and_nothing_else(tmp_path: Path) -> None:
    """Markup in any sentence of an experiment is shown as it was written."""
    hostile = "<img src=x onerror=alert(1)>"
    page = render_small(
        tmp_path, ("title: A lever", f"title: '{hostile}'"), ("says: A lever moves", f"says: '{hostile} moves"),
        ("tied to., who", "tied to.', who"), ("- The rope does", f"- '`{hostile}` {hostile}'\n  - The rope does"),
    )  # fmt: skip
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert hostile not in page
    assert render_prose("`<b>` & a") == "<code>&lt;b&gt;</code> &amp; a"


def test_each_chart_is_drawn_for_wide_screens_and_for_phones(page: str) -> None:
    """Four charts, each twice, each with words for whoever does not see it, and in the laboratory's own colours."""
    drawn = [attributes for tag, attributes in read_tags(page) if attributes.get("role") == "img"]
    assert len(drawn) == 8
    assert all(attributes["aria-label"] for attributes in drawn)
    assert {attributes["class"] for attributes in drawn} == {"drawn wide-only", "drawn narrow-only"}
    for colour in ("#0b5d56", "#8fb8b1", "#8c1d18"):  # what a register shows of outcomes
        assert colour not in page


def test_the_twin_says_the_same_as_the_page(run: ExperimentRun, page: str) -> None:
    """Verdict, digests, seed and command are in both; what is no number is null, so that any program can read it."""
    twin = json.loads(encode_report(build_report(run)))
    assert twin["verdict"]["verdict"] == run.conclusion.verdict
    assert twin["verdict"]["sentence"] in page
    assert twin["run"]["command"] in page
    for digest in twin["digests"]:
        assert digest["sha256"] in page
    assert twin["digests"][0]["sha256"] == build_experiment().digest
    assert [part["heading"] for part in twin["model"]] == [
        "Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling",
        "Design concepts", "Initialisation", "Input data", "Submodels",
    ]  # fmt: skip


def test_a_run_that_was_cut_off_gives_the_same_report_to_the_byte(tmp_path: Path) -> None:
    """Stopped after forty trials and taken up again, against one that nobody stopped."""

    class Stopped(Exception):
        """The one who ran it went away."""

    def stop_after_forty(done: int, total: int) -> None:
        if done == 40:
            raise Stopped

    plan = RunPlan(build_experiment(), 1, SIZE)
    with pytest.raises(Stopped):
        run_experiment(plan, tmp_path / "stopped", stop_after_forty)
    files = []
    for folder in ("stopped", "quiet"):
        run = run_experiment(plan, tmp_path / folder)
        report = build_report(run)
        files.append((encode_report(report), render_report(report, run)))
    assert files[0] == files[1]


def test_a_target_that_no_point_meets_is_told_first_with_by_how_much_it_is_missed(tmp_path: Path) -> None:
    """Nothing is set aside then, and the page says beside the verdict that the misfit is a finding."""
    target = "targets: {force: {says: How hard people pull, low: 12, high: 20, source: a survey, mark: S}}"
    run = run_small(tmp_path, ("no_targets: Nobody published how far a lever moves.", target))
    report = build_report(run)
    assert report["verdict"]["caveats"][1].startswith("No point meets all published figures")
    (misfit,) = report["result"]["misfits"]
    assert (misfit["met"], round(misfit["nearest"])) == (0, 2)
    page = render_report(report, run)
    assert "0 of 64" in page
    assert "That misfit is itself a finding" in page


def test_two_seeds_that_disagree_are_told_beside_the_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At how many points that were run twice, where chance decides the measure."""

    def measure_by_luck(values: Values, seed: int, switch: str, size: RunSize) -> Measurement:
        return Measurement(0.0 if switch == LEVER else seed * 0.618034 % 1, {"force": 1.0})

    monkeypatch.setattr(experiment_runs, "get_setup", lambda name: Setup(measure_by_luck))
    run = run_small(tmp_path)
    count = run.conclusion.seeds_disagree
    assert count > 0
    text = f"At {count} of the points that were run twice, another seed says otherwise."
    assert text in build_report(run)["verdict"]["caveats"]


SCHEMES = (
    "title: A lever",
    "title: A lever\nschemes: {left: {title: Left hand, catalogue: l, who: person, bad: [D]}, "
    "right: {title: Right hand, catalogue: r, who: firm, bad: [D]}}\n"
    "joined: The greater one counts.\nscheme_figures: {grip: How firm the grip is}",
)


def test_several_schemes_have_a_headline_each_and_one_rule_that_joins_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first screen says all of them, the table what each is made of, and the twin the same."""

    def measure_both(values: Values, seed: int, switch: str, size: RunSize) -> Measurement:
        left = measure_pull(values, seed, switch, size).value
        both = {"left": left, "right": 0.5 * left}
        ends = {f"{name}-{end}": both[name] + off for name in both for end, off in (("low", -0.1), ("high", 0.1))}
        return Measurement(left, {**both, **ends, "left-grip": 7.25, "right-grip": 6.5})

    monkeypatch.setattr(experiment_runs, "get_setup", lambda name: Setup(measure_both))
    run = run_small(tmp_path, SCHEMES)
    report = build_report(run)
    page, (left, right) = render_report(report, run), report["schemes"]
    assert [scheme["title"] for scheme in (left, right)] == ["Left hand", "Right hand"]
    assert (left["verdict"], right["verdict"]) == ("holds-in-part-of-the-range", "does-not-hold")
    assert right["holds"]["value"] == 0.0
    assert [figure["by"] for figure in left["figures"]] == ["interval", "range"]
    for text in (left["sentence"], right["sentence"], "The greater one counts.", "7.25", "6.5", "How firm the grip is"):
        assert text in page, text
    assert page.index(right["sentence"]) < page.index("The claim</h2>")
    assert page.count('class="drawn wide-only"') == 5


def test_a_quick_run_says_that_it_is_one(tmp_path: Path) -> None:
    """Its warning names both numbers of points; the digest stays that of the file."""
    run = run_small(tmp_path, ("points: 64", "points: 256"), quick=True)
    report = build_report(run)
    assert "A quick run: 64 points where the experiment has 256. Do not quote it." in report["verdict"]["caveats"]
    assert report["run"]["command"].endswith(" --quick")
    assert report["digests"][0]["sha256"] == build_experiment(("points: 64", "points: 256")).digest


def test_points_that_agree_and_are_too_few_are_no_verdict(tmp_path: Path) -> None:
    """Nobody reads that a claim holds in part of the range where it held at every point."""
    everywhere = (("at_least: 0.5", "at_least: 0.0"), ("at_most: 0.2", "at_most: -1.0"), ("points: 64", "points: 16"))
    verdict = build_report(run_small(tmp_path, *everywhere))["verdict"]
    assert verdict["heading"] == "Too few points to say"
    assert verdict["sentence"].startswith("Nothing can be said yet: the claim holds in 100% of the range tried")


def test_a_small_run_says_that_it_is_of_a_demonstration_and_sought_no_flip(tmp_path: Path) -> None:
    """It has sixteen points, and does not say that no change would turn the answer."""
    run = run_experiment(RunPlan(build_experiment(), 1, SIZE, small=True), tmp_path)
    report = build_report(run)
    assert "A quick run: 16 points where the experiment has 64. Do not quote it." in report["verdict"]["caveats"]
    assert (report["run"]["command"], report["run"]["quick"]) == ("goodstanding demo", True)
    assert (report["result"]["flip"], report["result"]["flip_sought"]) == (None, False)
    assert "does not look for the change that turns it" in render_report(report, run)


def test_the_time_is_estimated_by_timing_one_point_of_each_arm(tmp_path: Path) -> None:
    """A clock that goes on a second a look makes every point last one; what is finished costs nothing.

    The search for what turns the verdict looks at 9 points on each side of two parameters, halves the way 12 times and
    begins with the file's own values.
    """
    plan = RunPlan(build_experiment(), 1, SIZE)
    trials = list_unfinished(plan, tmp_path)
    clock, looks = mock.Mock(side_effect=iter(range(100))), 4 * 9 + 12 + 1
    assert len(trials) == 83
    assert estimate_seconds(plan, trials, clock) == 83 + looks
    assert estimate_seconds(replace(plan, small=True), trials, clock) == 83
    run_experiment(plan, tmp_path)
    assert list_unfinished(plan, tmp_path) == []
    assert estimate_seconds(plan, [], clock) == looks


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1.5, "1.5"),
        (0.0359123, "0.0359"),
        (12345.6, "12,346"),
        (0.000012, "0.000012"),
        (float("nan"), "not known"),
    ],
)
def test_figures_have_three_digits_that_say_something(value: float, text: str) -> None:
    """No more noughts than needed, no power of ten, and no number for what is not known."""
    assert render_figure(value) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0%"), (1, "100%"), (0.001, "under 1%"), (0.999, "over 99%"), (0.5, "50%")]
)
def test_a_share_that_is_nearly_all_is_not_called_all(share: float, text: str) -> None:
    """Nor is one that is nearly nothing called nothing."""
    assert render_share(share) == text


@pytest.mark.parametrize(
    ("end", "text"),
    [(0.1049, "10.5"), (0.1, "10"), (0.0951, "9.5"), (0.9, "90"), (0.8951, "89.5"), (0.42, "42"), (1.0, "100")],
)
def test_an_end_beside_a_line_that_decides_does_not_stand_on_it(end: float, text: str) -> None:
    """10.49 per cent is beyond 10, so that the verdict does not contradict its figure."""
    assert render_end(end) == text


def test_marks_of_few_values_stand_apart_and_of_many_where_they_are() -> None:
    """Nothing is moved by as much as half a step, so that no mark changes its value."""
    counts = [0.0, 1.0] * 40
    apart = spread_apart(counts)
    assert len(set(apart)) == 80
    assert all(abs(moved - value) < 0.2 for moved, value in zip(apart, counts, strict=True))
    many = [number / 7 for number in range(50)]
    assert spread_apart(many) == many
    assert spread_apart([2.0, 2.0]) == [2.0, 2.0]
