"""The command that checks a catalogue for the laboratory: check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from goodstanding.cli.options import Json
from goodstanding.cli.output import print_line, print_paragraph, print_result

if TYPE_CHECKING:
    from goodstanding.lab.catalogue_views.catalogue_checks import CatalogueCheck, StatedParameter

LIVES, MOST_LIVES = 100, 1_000
MARKS = {"D": "read", "S": "second-hand", "M": "from memory", "X": "worked out", "R": "measured"}


def check_catalogue(
    name: str = typer.Argument(..., metavar="CATALOGUE", help="A catalogue of the library, or a folder."),
    lives: int = typer.Option(
        LIVES, "--lives", metavar="N", min=1, max=MOST_LIVES, help="Lives to ask the rules about."
    ),
    json: Json = False,
) -> None:
    """Says what is assumed under a catalogue, and asks its rules about a few lives; ends with 1 where one differs."""
    from goodstanding.lab.catalogue_views.catalogue_checks import check_catalogue as check
    from goodstanding.lab.catalogue_views.catalogue_populations import load_lived_catalogue

    result = check(load_lived_catalogue(name), lives)
    print_result(result, json, _show_check)
    if not result.is_sound:
        raise typer.Exit(1)


def _show_check(check: CatalogueCheck) -> None:
    print_line(f"{check.catalogue}, version {check.version}")
    _show_variants(check)
    _show_parameters(check.parameters)
    print_line()
    print_line("Not known, and left open:")
    for text in check.not_known:
        print_paragraph(f"- {text}", indent=2)
    if check.ineffective:
        print_line("Measures whose effect is not known, so that nothing is concluded from them:")
        for measure, field in check.ineffective.items():
            print_line(f"  - {measure} (field: {field})")
    print_line()
    _show_agreement(check)


def _show_variants(check: CatalogueCheck) -> None:
    if not check.is_compiled:
        print_line(f"It does not compile. {check.refusal}")
        return
    print_line(f"It compiles: {sum(check.variants.values()):,} kinds of record can arise.")
    for record, number in check.variants.items():
        print_line(f"  {number:6,}  {record}")


def _show_parameters(parameters: tuple[StatedParameter, ...]) -> None:
    """Each with its range and origin on a line below it; those that nothing moves in one sentence."""
    open_ones = [parameter for parameter in parameters if parameter.low < parameter.high]
    assumed = sum(1 for parameter in open_ones if parameter.assumption)
    print_line()
    print_line(f"{len(open_ones)} numbers are not known for certain; {assumed} of them are assumed:")
    for parameter in open_ones:
        unit = "" if parameter.unit == "share" else f" {parameter.unit}"
        print_line(f"  {parameter.name}: {parameter.value:g}{unit} ({parameter.low:g} to {parameter.high:g})")
        print_paragraph(_describe_origin(parameter), indent=6)
    fixed = [f"{parameter.name} {parameter.value:g}" for parameter in parameters if parameter not in open_ones]
    if fixed:
        print_paragraph(f"Fixed: {', '.join(fixed)}.")


def _describe_origin(parameter: StatedParameter) -> str:
    mark = f" ({MARKS[parameter.mark]})" if parameter.mark else ""
    return f"assumed: {parameter.assumption}" if parameter.assumption else f"from {parameter.source}{mark}"


def _show_agreement(check: CatalogueCheck) -> None:
    if check.difference:
        print_line(f"NOT what the rules say. {check.difference}")
    elif agreement := check.agreement:
        print_paragraph(
            f"The rules were asked about {agreement.lives:,} lives, once for each of {agreement.states:,} states "
            f"of what was known of them: all {agreement.stretches:,} stretches of time are equal, to the day."
        )
    elif check.is_compiled:
        print_paragraph(f"The laboratory cannot run it yet. {check.refusal}")


COMMANDS = {"check": check_catalogue}
