"""The annual report of charter article 23: how the authorities did in a year, and what the register itself holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

import msgspec
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.errors import BadInput
from goodstanding.ledger import proofs
from goodstanding.register.oversight.grids import Shown
from goodstanding.register.oversight.itself import EVENTS, itself
from goodstanding.register.oversight.suppression import shown
from goodstanding.register.oversight.windows import Window, of_year
from goodstanding.web.about import about
from goodstanding.web.oversight import tables, whole
from goodstanding.web.oversight.glancing import glanced
from goodstanding.web.oversight.rendering import drawn
from goodstanding.web.oversight.sections import Asked, Made, section
from goodstanding.web.oversight.tables import Places
from goodstanding.web.shapes import oversight as shapes

HERE = Places(".", "")
STYLE = "goodstanding.css"


def report(year: int, at: date) -> shapes.AnnualReport:
    """The report on a year as it stands on a day; raises BadDay for a year that has not begun."""
    window = of_year(year, at)
    return _report(window, _made(window))


def _report(window: Window, made: list[Made]) -> shapes.AnnualReport:
    sections = [one.section for one in made]
    return shapes.AnnualReport(
        year=window.since.year, over=window.over, first_day=window.since, last_day=window.last_day, made=_basis(),
        glance=glanced(whole.overview_of(window)), sections=sections,
    )  # fmt: skip


def write(year: int, at: date, folder: Path) -> shapes.AnnualReport:
    """Writes the report into an empty folder as a page, its charts, its tables and as data; else raises BadInput."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(f"{folder} is not an empty folder.", where="--out", remedy="a folder that is new or empty")
    window = of_year(year, at)
    sections = _made(window)
    made = _report(window, sections)
    for name, content in _files(made, sections):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="")
    style = files("goodstanding.web").joinpath("static", "web", STYLE)
    (folder / STYLE).write_bytes(style.read_bytes())
    return made


def _files(made: shapes.AnnualReport, sections: list[Made]) -> Iterator[tuple[str, str]]:
    """Every file of a report by its name in the folder."""
    page = made.model_copy(update={"sections": whole.shortened(sections)})
    yield "index.html", render_to_string("web/annual-report.html", {"page": page, "style": STYLE})
    yield "report.json", msgspec.json.format(made.model_dump_json(by_alias=True), indent=2) + "\n"
    for table in whole.tables_of(sections):
        yield f"tables/{table.name}.csv", tables.as_csv(table)
    for name, chart in whole.charts_of(sections).items():
        for width in whole.WIDTHS:
            yield f"charts/{name}-{width}.svg", drawn(chart, width)


def _made(window: Window) -> list[Made]:
    asked = Asked(whole.overview_of(window), whole.titles(), HERE)
    return [*whole.sections(window, HERE), _itself(shown(itself(window)), asked)]


def _itself(held: Shown, asked: Asked) -> Made:
    """About how much was written into the ledger in the year, by kind of event.

    In tens: exact numbers of acts, beside the tables of what became of them, would give away what those leave out.
    """
    title, says = (
        _("The register itself"),
        _("What was written into its ledger. Nothing in it is changed or taken out."),
    )
    if held.all.total == 0:
        return section("itself", title, says, empty=_("Nothing was written."))
    heads = tables.columns((EVENTS, _("Events")))
    rows = tables.lines(held, str, lambda line: [_in_tens(line.total)], _("All"))
    made = tables.table("itself", _("Events by kind"), _("Kind"), heads, rows, asked.places)
    said = _("About %(n)s events were written") % {"n": _in_tens(held.all.total).text}
    return section("itself", title, says, [asked.finding("itself", said, _("By kind of event, in tens"), [made])])


def _in_tens(count: int | None) -> shapes.Cell:
    return tables.figure(None if count is None else round(count, -1))


def _basis() -> shapes.Made:
    """What the report was made from, so that anybody can check it against the ledger."""
    held = about()
    return shapes.Made(
        register_name=config.current().name, ledger_size=held.ledger_size, signed_at=held.checkpoint_at,
        checkpoint=proofs.checkpoint(held.ledger_size),
    )  # fmt: skip
