"""The verdict in plain words: for somebody who reads one sentence and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.lab.experiments.experiment_file import Experiment
from goodstanding.lab.experiments.experiment_runs import ExperimentRun
from goodstanding.lab.experiments.verdicts import Conclusion, Verdict
from goodstanding.lab.reports.figure_words import render_interval, render_name, render_share
from goodstanding.lab.statistics.intervals import Estimate

BADGES = {
    "simulated": "Simulated",
    "real-data": "Real data",
    "accounting": "Follows from the rules",
    "control": "Control",
}
HEADINGS = {
    Verdict.HOLDS: "Holds almost everywhere",
    Verdict.DEPENDS: "Holds in part of the range",
    Verdict.FAILS: "Does not hold",
    Verdict.OPEN: "Published figures cannot tell",
    Verdict.FOLLOWS: "Follows from the rules",
    Verdict.PUT_IN: "Put in, not found",
    Verdict.VOID: "Void",
}

TOO_FEW = "Too few points to say"


def render_badge(experiment: Experiment) -> str:
    """What kind of answer this is, in a word or three."""
    return "Put in" if experiment.put_in else BADGES[experiment.kind]


def render_heading(run: ExperimentRun) -> str:
    """The verdict in a few words; where all points agree and are too few, that nothing can be said yet."""
    return TOO_FEW if _has_too_few_points(run.conclusion) else HEADINGS[run.conclusion.verdict]


def render_verdict(run: ExperimentRun) -> str:
    """The verdict as a sentence, with its uncertainty; that an answer was put in comes first."""
    conclusion, experiment = run.conclusion, run.plan.experiment
    share = _render_share_of_range(conclusion)
    if _has_too_few_points(conclusion):
        return f"Nothing can be said yet: the claim holds {share}."
    match conclusion.verdict:
        case Verdict.VOID:
            failing = ", ".join(render_name(control.arm) for control in conclusion.controls if not control.vanishes)
            return f"Nothing can be concluded: with {failing} switched off, the effect should be gone, and is not."
        case Verdict.PUT_IN:
            return (
                f"This was put in, not found: {_end_sentence(experiment.put_in)} Under that, the claim holds {share}."
            )
        case Verdict.FOLLOWS:
            return f"This follows from the rules alone, whatever people do: the claim holds {share}."
        case Verdict.HOLDS:
            return f"The claim holds nearly whatever is assumed: {share}."
        case Verdict.FAILS:
            return f"The claim does not hold, nearly whatever is assumed: it holds {share}."
        case Verdict.OPEN:
            return f"Published figures cannot tell: of what they leave possible, the claim holds {share}."
    return f"It depends: the claim holds {share}. What decides most is {_render_first_parameter(run)}."


def _render_first_parameter(run: ExperimentRun) -> str:
    name = run.conclusion.weights[0].parameter
    return f"“{render_name(name)}” ({run.plan.experiment.parameters[name].unit})"


def _render_share_of_range(conclusion: Conclusion) -> str:
    return f"in {render_share(conclusion.holds.value)} of the range tried ({render_interval(conclusion.holds)})"


def _end_sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def list_caveats(run: ExperimentRun) -> list[str]:
    """What a reader has to know before quoting the verdict."""
    return [
        "A share of a range is not a probability: it depends on how wide the range was drawn.",
        *_list_warnings(run),
    ]


def _list_warnings(run: ExperimentRun) -> Iterator[str]:
    conclusion = run.conclusion
    if run.plan.is_cut:
        full = run.plan.experiment.design.points
        yield f"A quick run: {conclusion.points} points where the experiment has {full}. Do not quote it."
    yield from _list_left_out(run)
    if run.plan.experiment.targets and not conclusion.points_left:
        yield "No point meets all published figures, so none was set aside. That misfit is itself a finding."
    if _has_too_few_points(conclusion):
        yield "All points agree, but there are too few of them for a verdict over nine tenths of the range."
    if conclusion.seeds_disagree:
        yield f"At {conclusion.seeds_disagree} of the points that were run twice, another seed says otherwise."


def _list_left_out(run: ExperimentRun) -> Iterator[str]:
    """What a brief run did not look at, though its experiment does."""
    experiment, figures = run.plan.experiment, run.results[0].figures
    schemes = [scheme.title for name, scheme in experiment.schemes.items() if name not in run.plan.as_run.schemes]
    left_out = schemes + [says for name, says in experiment.figures.items() if name not in figures]
    if run.plan.size.brief and left_out:
        yield f"Left out of this run, since it decides nothing and takes long: {'; '.join(left_out)}."


def _has_too_few_points(conclusion: Conclusion) -> bool:
    agreed = conclusion.holds.value in (0.0, 1.0)
    return agreed and conclusion.verdict in (Verdict.OPEN, Verdict.DEPENDS) and _is_wide(conclusion.holds)


def _is_wide(share: Estimate) -> bool:
    return share.high - share.low > 0.1
