"""The report as one HTML file: complete in itself, without a script, and forbidding itself to reach anything."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files as package_files

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from goodstanding.lab.experiments.experiment_runs import ExperimentRun
from goodstanding.lab.reports.figure_words import render_figure, render_name, render_share
from goodstanding.lab.reports.report_charts import draw_controls, draw_schemes, draw_shares, draw_values, draw_weights
from goodstanding.lab.reports.report_content import Report

WIDTHS = ("wide", "narrow")
MARKS = {
    "D": "read in an official text",
    "S": "second-hand",
    "M": "from memory: check before use",
    "X": "worked out from other figures",
    "R": "measured on the data here",
}
_CHARTS: dict[str, Callable[[ExperimentRun, str], str]] = {
    "shares": draw_shares,
    "schemes": draw_schemes,
    "scatter": draw_values,
    "controls": draw_controls,
    "weights": draw_weights,
}


def render_report(report: Report, run: ExperimentRun) -> str:
    """The page, with its charts for wide screens and for phones."""
    charts = {name: {width: Markup(draw(run, width)) for width in WIDTHS} for name, draw in _CHARTS.items()}
    style = _read_template("report.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _load_page().render(**report, charts=charts, style=Markup(style), style_digest=digest, marks=MARKS)


@cache
def _load_page() -> Template:
    """The template, in which everything is escaped but what was drawn and styled here."""
    environment = Environment(
        loader=FunctionLoader(_read_template), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {
        "figure": render_figure,
        "share": render_share,
        "words": render_name,
        "prose": render_prose,
        "written": render_written,
    }
    return environment.get_template("report.html")


def render_prose(text: str) -> Markup:
    """A sentence of a file, with a capital at its start."""
    return render_written(text[:1].upper() + text[1:])


def render_written(text: str) -> Markup:
    """What a file says, escaped, and what stands in backticks as code."""
    parts = text.split("`")
    pieces = [Markup("<code>{}</code>").format(part) if place % 2 else escape(part) for place, part in enumerate(parts)]
    return Markup("").join(pieces)


@cache
def _read_template(name: str) -> str:
    return (package_files("goodstanding.lab.reports") / "templates" / name).read_text(encoding="utf-8")
