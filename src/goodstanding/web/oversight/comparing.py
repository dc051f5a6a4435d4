"""The same conduct by different sources: how often each upheld it, and for how long it listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.errors import NotFound
from goodstanding.register import catalogues
from goodstanding.register.oversight.conduct import UPHELD, Compared, Conduct
from goodstanding.register.oversight.grids import Shown
from goodstanding.web.oversight import tables, words
from goodstanding.web.oversight.charts import Chart, Row
from goodstanding.web.oversight.sections import Asked, Found, Made, interval_rows, section
from goodstanding.web.shapes import oversight as shapes

MOST_CHARTS, CERTAIN = 3, 0.05


def treated(asked: Asked) -> Made:
    """How often each source upheld the same finding, and how long it listed for it."""
    title = _("Same conduct, different treatment")
    says = _(
        "One finding under one list: how often did each source uphold it, and for how long? Charter article 9: the same"
        " conduct weighs the same."
    )
    if not asked.held.conduct:
        return section("conduct", title, says, empty=_("Nothing was decided. That is neither good nor bad."))
    told = [one for one in asked.held.conduct if len(one.treated) > 1]
    found = [_conduct(one, f"conduct-{at}", asked) for at, one in enumerate(told[:MOST_CHARTS], 1)]
    return section("conduct", title, says, [*found, *_others(asked, len(found))])


def conduct_title(one: Conduct) -> str:
    """A conduct as people call it: the list, and what was found."""
    try:
        rules = catalogues.get(one.catalogue).catalogue
        listed = rules.lists[one.listed].title
    except (NotFound, KeyError):  # no longer in force
        listed = one.listed
    code = one.code.replace("-", " ")
    return f"{listed}: {code}" if code else listed


def _conduct(one: Compared, name: str, asked: Asked) -> Found:
    held = Shown(UPHELD, tuple(each.line for each in one.treated), one.all)
    rows, marks = interval_rows(held, UPHELD[0], asked.titles)
    about = _("%(conduct)s. Share upheld, with 95%% intervals. %(test)s") % {
        "conduct": conduct_title(one.conduct), "test": _test_said(one)
    }  # fmt: skip
    said, made = _conduct_said(one, rows), _conduct_table(one, name, asked)
    notes = [ngettext("%(n)s source decided on too few to be shown.", "%(n)s sources decided on too few to be shown.",
                      one.left_out) % {"n": one.left_out}] if one.left_out else []  # fmt: skip
    chart = Chart("intervals", tuple(rows), marks=marks) if len(rows) > 1 else None
    return asked.finding(name, said, about, [made], chart, notes)


def _conduct_said(one: Compared, rows: Sequence[Row]) -> str:
    named = {"code": one.conduct.code.replace("-", " ").capitalize() or conduct_title(one.conduct)}
    if len(rows) < 2:
        return _("%(code)s: too few to say whether sources differ") % named
    named |= {"low": rows[-1].bold, "high": rows[0].bold}
    return _("%(code)s: %(low)s to %(high)s upheld") % named


def _test_said(one: Compared) -> str:
    if one.chance is None:
        return _("Too few to say whether they differ by more than chance.")
    named = {"p": words.chance(one.chance)}
    if one.chance < CERTAIN:
        return _("Differences this large are hardly chance (%(p)s).") % named
    return _("Differences this large may be chance (%(p)s).") % named


def _conduct_table(one: Compared, name: str, asked: Asked) -> shapes.Table:
    lengths = {each.source: each.median_days for each in one.treated}
    heads = [
        *tables.columns((UPHELD[0], words.outcomes()[UPHELD[0]]), ("total", _("Decisions"))), *tables.share_columns(),
        *tables.columns(("median_days", _("Median days listed"))),
    ]  # fmt: skip
    held = Shown(UPHELD, tuple(each.line for each in one.treated), one.all)
    rows = tables.lines(
        held, asked.titles,
        lambda line: [
            tables.figure(line.parts[UPHELD[0]]), tables.figure(line.total),
            *tables.share_cells(tables.share_of(line, UPHELD[0])), _length(lengths, line.name),
        ],
        _("All of these"),
    )  # fmt: skip
    return tables.table(name, conduct_title(one.conduct), _("Source"), heads, rows, asked.places)


def _length(lengths: Mapping[str, float | None], source: str) -> shapes.Cell:
    value = lengths.get(source)
    return tables.text("") if value is None else tables.figure(value)


def _others(asked: Asked, charted: int) -> list[Found]:
    """All conducts in one table, where there are more than are drawn, or none could be compared."""
    every = asked.held.conduct
    if len(every) <= charted:
        return []
    rows = [
        shapes.Row(name=one.conduct.name, title=conduct_title(one.conduct), kind="row", cells=list(_summary(one)))
        for one in every
    ]
    heads = [
        *tables.columns(("sources", _("Sources shown")), ("low", _("Lowest share")), ("high", _("Highest share"))),
        shapes.Column(name="test", title=_("By chance alone"), figures=False),
    ]
    made = tables.table("conduct", _("Every conduct that was decided on"), _("Conduct"), heads, rows, asked.places)
    compared = sum(one.chance is not None for one in every)
    said = ngettext(
        "%(n)s conduct could be compared, of %(all)s", "%(n)s conducts could be compared, of %(all)s", compared
    )
    about = _("A conduct is compared where two sources decided on it often enough to be shown")
    return [asked.finding("conduct", said % {"n": compared, "all": len(every)}, about, [made])]


def _summary(one: Compared) -> Iterator[shapes.Cell]:
    shares = [found for each in one.treated if (found := tables.share_of(each.line, UPHELD[0]))]
    yield tables.figure(len(one.treated))
    for pick in (min, max):
        value = pick((found.value for found in shares), default=None)
        yield (
            tables.text("")
            if value is None
            else shapes.Cell(value=round(value, 4), text=words.percent(value), hidden=False)
        )
    yield tables.text(words.chance(one.chance) if one.chance is not None else _("too few to say"))
