"""The command that lets the same people live under several catalogues: compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from goodstanding.cli.options import LARGEST_NUMBER, Json
from goodstanding.cli.output import print_line, print_paragraph, print_problem, print_result, print_table

if TYPE_CHECKING:
    from goodstanding.lab.assessment.findings import Finding, Indicator, Result
    from goodstanding.lab.catalogue_views.scheme_comparisons import Comparison, ComparisonRow

AGENTS, LEAST_AGENTS, MOST_AGENTS = 10_000, 100, 1_000_000
SEED, MONTHS, MOST_MONTHS = 1, 60, 1_200
SIDE_BY_SIDE = 3  # catalogues that fit beside one another
LEGEND = (
    "In brackets: the interval of 95 % confidence; for office days it takes in the range of what is assumed. "
    "Hit: at a bad grade, on a bad list, or under a measure that takes something away. "
    "1.00×: as often as without the measures (spiral), as unequal as what people do (amplification). "
    "Income lost is below 0 where benefits give more than measures take."
)
NOTES = "abcdefghijklmnopqrstuvwxyz"


def compare_catalogues(
    names: list[str] = typer.Argument(..., metavar="CATALOGUE…", help="Catalogues of the library, or folders."),
    agents: int = typer.Option(
        AGENTS, "--agents", metavar="N", min=LEAST_AGENTS, max=MOST_AGENTS, help="People who live under each."
    ),
    seed: int = typer.Option(SEED, "--seed", metavar="S", min=0, max=LARGEST_NUMBER, help="Where chance begins."),
    months: int = typer.Option(MONTHS, "--months", metavar="M", min=1, max=MOST_MONTHS, help="How long they live."),
    bad: list[str] = typer.Option([], "--bad", metavar="GRADE", help="A grade that counts as bad; else the last one."),
    json: Json = False,
) -> None:
    """Lets the same people live under each catalogue, and says side by side what it does to them."""
    from goodstanding.lab.catalogue_views.catalogue_populations import load_lived_catalogue
    from goodstanding.lab.catalogue_views.scheme_comparisons import compare_catalogues as compare

    behaviours = [load_lived_catalogue(name) for name in dict.fromkeys(names)]
    print_problem(f"{agents:,} people live {months} months under {', '.join(dict.fromkeys(names))} …")
    comparison = compare(behaviours, agents, months, seed, bad)
    print_result(_summarise(comparison, seed) if json else comparison, json, _show_comparison)


def _summarise(comparison: Comparison, seed: int) -> dict[str, Any]:
    """Everything that was assessed, with what was left out, for a program."""
    population = comparison.population
    return {
        "seed": seed,
        "months": comparison.months,
        "persons": population.persons.size,
        "firms": population.firms.size,
        "country": population.country.plan.title,
        "catalogues": [
            {
                "catalogue": scheme.scheme,
                "bad_grades": list(grades),
                "findings": [_summarise_finding(finding) for finding in scheme.findings],
                "left_out": [
                    {"indicator": missing.indicator.label, "kind": missing.kind, "group": missing.group}
                    | {"reason": str(missing.reason)}
                    for missing in scheme.left_out
                ],
            }
            for scheme, grades in zip(comparison.schemes, comparison.bad_grades, strict=True)
        ],
    }


def _summarise_finding(finding: Finding) -> dict[str, Any]:
    estimate = finding.estimate
    return {
        "indicator": finding.indicator.label,
        "says": finding.indicator.says,
        "unit": finding.indicator.unit,
        "kind": finding.kind,
        "group": finding.group,
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
        "people": finding.people,
        "method": finding.method,
        "detectable": finding.detectable,
        "too_small_to_show": finding.is_too_small_to_show,
    }


def _show_comparison(comparison: Comparison) -> None:
    population = comparison.population
    kinds = [f"{cells.size:,} {name}" for name, cells in _list_kinds(comparison) if cells.size]
    print_line(f"{' and '.join(kinds)} of {population.country.plan.title}, {comparison.months} months.")
    for scheme, grades in zip(comparison.schemes, comparison.bad_grades, strict=True):
        bad = f"grade {', '.join(grades)}" if grades else "to be on a list"
        print_line(f"  {scheme.scheme}: bad is {bad}")
    notes: dict[str, str] = {}
    for first in range(0, len(comparison.schemes), SIDE_BY_SIDE):
        print_line()
        _show_block(comparison, range(first, min(first + SIDE_BY_SIDE, len(comparison.schemes))), notes)
    print_line()
    print_paragraph(LEGEND)
    for text, note in notes.items():
        print_paragraph(f"{note} {text}")


def _list_kinds(comparison: Comparison) -> Sequence[tuple[str, Any]]:
    return (("persons", comparison.population.persons), ("firms", comparison.population.firms))


def _show_block(comparison: Comparison, places: range, notes: dict[str, str]) -> None:
    header = ("", *(comparison.schemes[place].scheme for place in places))
    rows = [
        (_describe_row(row), *(_render_result(row.results[place], notes) for place in places))
        for row in comparison.list_rows()
    ]
    print_table(header, rows)


def _describe_row(row: ComparisonRow) -> str:
    name = WORDS.get(row.indicator.label, row.indicator.label)
    if row.indicator.label == REACHED:
        return f"{name} ({row.group.replace('/', ', ')})"
    group = f" ({row.group.replace('/', ', ').replace('-', ' against ')})" if row.group else ""
    return f"{name}{group}"


def _render_result(result: Result | None, notes: dict[str, str]) -> str:
    from goodstanding.lab.assessment.findings import Finding

    if result is None:
        return ""
    if not isinstance(result, Finding):
        return _note(str(result.reason), notes)
    text = render_estimate(result)
    if result.is_too_small_to_show and result.detectable is not None:
        least = render_figure(result.detectable, result.indicator)
        return f"{text} {_note(f'Too small to show: with so many people less than {least} cannot be seen.', notes)}"
    return text


def render_estimate(finding: Finding) -> str:
    """A figure with the ends of its interval."""
    estimate = finding.estimate
    low, high = (_render_number(number, finding.indicator) for number in (estimate.low, estimate.high))
    between = " to " if estimate.low < 0 else "–"
    return f"{render_figure(estimate.value, finding.indicator)} ({low}{between}{high})"


def _note(text: str, notes: dict[str, str]) -> str:
    """The letter under which a reason stands below the tables."""
    return notes.setdefault(text, f"[{NOTES[len(notes) % len(NOTES)]}]")


def render_figure(number: float, indicator: Indicator) -> str:
    """A figure as people read it: a share in per cent, a ratio with its sign of times, else with three digits."""
    mark = "%" if _is_share(indicator) else "×" if indicator.unit == "times" else ""
    return f"{_render_number(number, indicator)}{mark}"


def _render_number(number: float, indicator: Indicator) -> str:
    shown = 100 * number if _is_share(indicator) else number
    return f"{shown:,.{2 if abs(shown) < 10 else 1 if abs(shown) < 100 else 0}f}"


def _is_share(indicator: Indicator) -> bool:
    return indicator.unit.startswith("share")


REACHED = "reached"
WORDS = {
    "hit": "hit",
    "wrongly-hit": "wrongly hit",
    "unheard": "hit without a say",
    "hit-days": "days hit, a year",
    "days-of-hit": "days of each hit",
    "wrong-days": "days wrongly hit, a year",
    "moves-down": "falls to a worse grade or onto a list, a year",
    "spiral": "spiral: breaches after falling, against no measures",
    "difference": "disparity of being hit",
    "amplification": "amplification of conduct",
    "record-work": "office days for records, per 1,000 a year",
    "dispute-work": "office days for disputes, per 1,000 a year",
    "income-lost": "income lost, a year",
    "hit-unable": "hit for debts they cannot pay",
    "unable-days": "days hit for such debts, a year",
    "kept-on-days": "days hit after paying, a year",
    "performed": "debts paid",
    "performed-more": "debts paid, less without measures",
    REACHED: "others bound for each firm, outside the check",
}
COMMANDS = {"compare": compare_catalogues}
