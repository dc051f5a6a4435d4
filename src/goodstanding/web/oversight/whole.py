"""The page of oversight as a whole: its sections, charts and tables, each worked out once for a ledger size."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goodstanding.errors import NotFound
from goodstanding.register.oversight.facts import names
from goodstanding.register.oversight.overview import Overview, overview
from goodstanding.register.oversight.suppression import shown
from goodstanding.register.oversight.windows import Window
from goodstanding.web.about import counted
from goodstanding.web.oversight import comparing, lasting, outcomes, seen, served, standing, tables, words
from goodstanding.web.oversight.charts import Chart
from goodstanding.web.oversight.rendering import drawn
from goodstanding.web.oversight.sections import Asked, Made, section
from goodstanding.web.oversight.tables import Places, Title
from goodstanding.web.shapes import oversight as shapes
from goodstanding.web.templatetags.saying import role

WIDTHS = ("wide", "narrow")
_BUILDERS = (
    standing.open_cases, standing.missed, outcomes.overturned, outcomes.found_wrong, comparing.treated, outcomes.alike,
    lasting.lengths, served.notices, served.applications,
)  # fmt: skip


@counted
def overview_of(window: Window) -> Overview:
    """All measures of a window."""
    return overview(window)


def titles() -> Title:
    """How sources are called: by their name, or by their identifier where no catalogue in force names them."""
    known = names()
    return lambda source: known.get(source, source)


def sections(window: Window, places: Places) -> list[Made]:
    """Every section of a window, with its charts."""
    asked = Asked(overview_of(window), titles(), places)
    return [*(build(asked) for build in _BUILDERS), look_ups(window, asked)]


def look_ups(window: Window, asked: Asked) -> Made:
    """How often files were opened by those who were signed in."""
    title = _("Look-ups")
    says = _("How often somebody who was signed in opened what is not public. The public is counted by nobody.")
    held = shown(seen.looks(window))
    if held.all.total == 0:
        return section("look-ups", title, says, empty=_("Nobody opened what is not public."))
    parts = {seen.LOOKS: _("Look-ups")}
    heads = tables.columns(*parts.items())
    rows = tables.lines(held, role_of, lambda line: [tables.figure(line.total)], _("All"))
    made = tables.table("look-ups", _("Look-ups by role"), _("Role"), heads, rows, asked.places)
    count = words.number(held.all.total) if held.all.total is not None else _("Fewer than 10")
    said = _("%(n)s times somebody opened what is not public") % {"n": count}
    return section(
        "look-ups", title, says, [asked.finding("look-ups", said, _("Subjects see who looked at their file"), [made])]
    )


def role_of(value: str) -> str:
    """A role in words, as a title."""
    return role(value).capitalize()


def chart(window: Window, places: Places, name: str) -> Chart:
    """A chart by its name; raises NotFound where there is none, or nothing to draw."""
    charts = charts_of(sections(window, places))
    if name not in charts:
        raise NotFound(_("There is no such chart."), where=name, remedy=", ".join(charts) or _("a page with charts"))
    return charts[name]


@counted
def picture(window: Window, places: Places, name: str, width: str, language: str) -> str:
    """A chart as SVG."""
    return drawn(chart(window, places, name), width)


def svg(window: Window, places: Places, name: str, width: str) -> str:
    """A chart as SVG, in the reader's language; raises NotFound for a chart or width that there is not."""
    if width not in WIDTHS:
        raise NotFound(_("There is no such chart."), where=width, remedy=", ".join(WIDTHS))
    return picture(window, places, name, width, get_language() or "en")


def csv(window: Window, places: Places, name: str) -> str:
    """A table, whole, as CSV; raises NotFound."""
    found = {one.name: one for one in tables_of(sections(window, places))}
    if name not in found:
        raise NotFound(_("There is no such table."), where=name, remedy=", ".join(found))
    return tables.as_csv(found[name])


def charts_of(made: list[Made]) -> dict[str, Chart]:
    """Every chart of some sections, by name."""
    return {name: one for each in made for name, one in each.charts.items()}


def tables_of(made: list[Made]) -> list[shapes.Table]:
    """Every table of some sections."""
    return [one for each in made for found in each.section.findings for one in found.tables]


def shortened(made: list[Made]) -> list[shapes.Section]:
    """The sections as a page shows them, long tables cut."""
    return [
        one.section.model_copy(update={"findings": [_shortened(found) for found in one.section.findings]})
        for one in made
    ]


def _shortened(found: shapes.Finding) -> shapes.Finding:
    return found.model_copy(update={"tables": [tables.shortened(one) for one in found.tables]})
