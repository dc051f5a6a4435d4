"""The pages about the register itself: where its data come from, and what it refuses to do."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.web.about.authority_figures import present_authority_figures
from goodstanding.web.about.schemas import AdmittedSourcesPage, Refusal, RefusalsPage, SourcesPage, SourceText
from goodstanding.web.about.source_admissions import present_admitted_sources, present_successions
from goodstanding.web.catalogues.views import present_catalogue_feeds
from goodstanding.web.http import clock
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.oversight.schemas import LabelledFact

_FACT = re.compile(r"^- \*\*(?P<label>[^*]+)\.\*\* (?P<text>(?:.|\n(?!- |\n))*)", re.MULTILINE)


def build_sources_page(request: HttpRequest) -> SourcesPage:
    """The feeds of the catalogues in force, how the sources did, and where the demonstration's data come from."""
    feeds = [feed for enacted in list_enacted().values() for feed in present_catalogue_feeds(enacted.catalogue)]
    shown = load_demonstration_sources() if config.get_current_register().demonstration else ()
    year = clock.get_today().year - 1
    return SourcesPage(
        about=describe_register(),
        feeds=feeds,
        year=year,
        figures=list(present_authority_figures(year)),
        demonstration=list(shown),
    )


show_sources_page = make_page_view("web/about/sources.html")(build_sources_page)


def build_admitted_sources_page(request: HttpRequest) -> AdmittedSourcesPage:
    """The sources that events admitted, and those that were merged or renumbered."""
    return AdmittedSourcesPage(
        about=describe_register(), admitted=list(present_admitted_sources()), successions=present_successions()
    )


show_admitted_sources_page = make_page_view("web/about/admitted_sources.html")(build_admitted_sources_page)


@lru_cache(maxsize=1)
def load_demonstration_sources() -> tuple[SourceText, ...]:
    """The sections of the demonstration's SOURCES.md, each with its labelled facts."""
    text = files("goodstanding.demonstration").joinpath("SOURCES.md").read_text(encoding="utf-8")
    return tuple(_parse_source_section(part) for part in text.split("\n## ")[1:])


def _parse_source_section(part: str) -> SourceText:
    title, _line, body = part.partition("\n")
    facts = [
        LabelledFact(label=match["label"], text=" ".join(match["text"].replace("`", "").split()))
        for match in _FACT.finditer(body)
    ]
    return SourceText(title=title.strip(), facts=facts)


def build_refuses_page(request: HttpRequest) -> RefusalsPage:
    """What this register refuses to do."""
    return RefusalsPage(about=describe_register(), refusals=list_refusals())


show_refuses_page = make_page_view("web/about/refusals.html")(build_refuses_page)


def list_refusals() -> list[Refusal]:
    """Each refusal, what happens instead, and the charter article."""
    refusal_texts = [
        (3, _("Show, list or rank persons."), _("A natural person has no page here and is found by no search.")),
        (4, _("Score anybody."), _("A grade describes one place or one duty, rests on findings, and says so.")),
        (
            6,
            _("Restrict anybody because of a score or of another list."),
            _("A restriction rests on a final decision."),
        ),
        (2, _("Record belief, speech, association or biometrics."), _("The vocabulary of records is closed.")),
        (
            7,
            _("Punish in fields that have nothing to do with it."),
            _("A measure and the conduct stand together in a table."),
        ),
        (11, _("Keep anything for ever."), _("Every listing has a last day, and what has ended is shown to nobody.")),
        (12, _("Let anything take effect unannounced."), _("Before a final decision only the parties know of a case.")),
        (
            19,
            _("Show the past to the public."),
            _("Anybody sees what is in force now. Only the parties can see other dates."),
        ),
        (
            21,
            _("Hand out its lists, or be indexed."),
            _("Whole lists go to registered recipients, with a last day of use."),
        ),
        (21, _("Show a listing on a name alone."), _("A listing shows only after an identifier matched.")),
        (
            22,
            _("Compute outcomes by rules that fail the charter."),
            _("Such rules run in the laboratory, on invented subjects."),
        ),
    ]
    return [Refusal(refuses=refused, instead=instead, article=article) for article, refused, instead in refusal_texts]
