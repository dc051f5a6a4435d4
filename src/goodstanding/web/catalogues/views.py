"""Catalogues: rules in plain words beside their law, what they are built from, and whether sources agree with them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding import charter, standing
from goodstanding.catalogue import Catalogue
from goodstanding.errors import NotFound
from goodstanding.procedure.intervals import find_last_day
from goodstanding.register.rules.drafts import list_drafts
from goodstanding.register.rules.enacted_catalogues import find_catalogue_problem
from goodstanding.register.search.statement_receipts import list_received_statements
from goodstanding.web.catalogues.agreement import present_agreement
from goodstanding.web.catalogues.counts import count_entries_by_list, list_catalogue_lines
from goodstanding.web.catalogues.description.rule_lines import name_subject_kinds
from goodstanding.web.catalogues.description.sections import (
    build_catalogue_glance,
    build_catalogue_sections,
    describe_catalogue_content,
)
from goodstanding.web.catalogues.enactment import present_drafts
from goodstanding.web.catalogues.library import (
    LibraryCatalogue,
    count_unchecked_rules,
    find_twin_catalogue,
    get_library_catalogue,
    list_library_catalogues,
)
from goodstanding.web.catalogues.record_answers import add_answers, find_catalogue_review, present_review
from goodstanding.web.catalogues.rule_schemas import (
    CatalogueLine,
    ExampleRecord,
    ExpectedOutcome,
    FeedLine,
    InstrumentArticle,
    InstrumentSchema,
    ReceivedFile,
    SqlPage,
    WorkedExample,
)
from goodstanding.web.catalogues.schemas import CataloguePage, CatalogueTwin, EnactmentSchema, LibraryLine, LibraryPage
from goodstanding.web.charter.assessment import list_differing_articles, present_article_cells, present_judgement
from goodstanding.web.http import clock
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.page_frame import PageLink
from goodstanding.web.templatetags.formatting import format_plain_value
from goodstanding.web.wording.rule_terms import speak_word


def build_catalogues_page(request: HttpRequest) -> LibraryPage:
    """Every catalogue there is: in force here, ready to be enacted, and of the laboratory."""
    lines_by_name = {line.name: line for line in list_catalogue_lines()}
    proposed = {draft.catalogue: draft.version for draft in list_drafts() if draft.open}
    lines = [
        _present_library_line(library_catalogue, lines_by_name.get(name), proposed.get(name))
        for name, library_catalogue in list_library_catalogues().items()
    ]
    return LibraryPage(
        about=describe_register(),
        in_force=[line for line in lines if line.enactment],
        live=[line for line in lines if not line.enactment and line.mode == "live"],
        laboratory=[line for line in lines if line.mode == "lab"],
    )


show_catalogues_page = make_page_view("web/catalogues/list.html")(build_catalogues_page)


def _present_library_line(
    library_catalogue: LibraryCatalogue, catalogue_line: CatalogueLine | None, proposed: int | None
) -> LibraryLine:
    catalogue = library_catalogue.catalogue
    return LibraryLine(
        name=catalogue.name,
        version=catalogue.version,
        mode=catalogue.mode,
        title=catalogue.title,
        summary=catalogue.summary,
        reaches=name_subject_kinds(catalogue.subjects),
        does=describe_catalogue_content(catalogue),
        enactment=_present_enactment(library_catalogue),
        here=catalogue_line,
        newer=library_catalogue.newer,
        proposed=proposed,
        checked=count_unchecked_rules(catalogue),
        cells=present_article_cells(catalogue),
        breached=list(charter.assess(catalogue).breached),
        twin=_build_twin_link(catalogue),
    )


def _present_enactment(library_catalogue: LibraryCatalogue) -> EnactmentSchema | None:
    return (
        EnactmentSchema(day=library_catalogue.enacted.day, position=library_catalogue.enacted.position)
        if library_catalogue.enacted
        else None
    )


def _build_twin_link(catalogue: Catalogue) -> PageLink | None:
    twin = find_twin_catalogue(catalogue)
    return PageLink(title=twin.title, address=_get_catalogue_address(twin.name)) if twin else None


def _get_catalogue_address(name: str) -> str:
    return reverse("catalogue", kwargs={"name": name})


def build_catalogue_page(request: HttpRequest, name: str) -> CataloguePage:
    """One catalogue, in force here or not."""
    library_catalogue, moment = get_library_catalogue(name), clock.get_moment()
    catalogue, day = library_catalogue.catalogue, moment.day(name) if library_catalogue.enacted else None
    review = find_catalogue_review(catalogue, library_catalogue.enacted)
    return CataloguePage(
        about=describe_register(),
        name=catalogue.name,
        version=catalogue.version,
        mode=catalogue.mode,
        title=catalogue.title,
        summary=catalogue.summary,
        in_force=catalogue.in_force,
        until=catalogue.until,
        last_day=find_last_day(catalogue.until),
        day=day,
        enactment=_present_enactment(library_catalogue),
        problem=problem.message if (problem := find_catalogue_problem(name)) else None,
        drafts=present_drafts(catalogue.name, moment.local_day(name)),
        review=present_review(catalogue, review) if review else None,
        answerable=catalogue.answers.body if catalogue.answers else "",
        newer=library_catalogue.newer,
        digest=catalogue.digest,
        glance=build_catalogue_glance(catalogue),
        parts=add_answers(catalogue, build_catalogue_sections(catalogue), review),
        lists=count_entries_by_list(name, moment) if library_catalogue.enacted else [],
        checked=count_unchecked_rules(catalogue),
        judgement=present_judgement(catalogue),
        twin=_present_twin(catalogue),
        instruments=_present_instruments(catalogue),
        sources=len(catalogue.sources),
        feeds=present_catalogue_feeds(catalogue),
        statements=_present_statements(name) if library_catalogue.enacted else [],
        examples=[_present_example(catalogue, example) for example in catalogue.examples],
        agreement=present_agreement(name, day, get_actor(request)) if day else None,
        calculator=reverse("calculator", kwargs={"name": name}),
        files=[_build_file_link(name, file) for file in catalogue.files],
    )


show_catalogue_page = make_page_view("web/catalogues/detail.html")(build_catalogue_page)


def _present_twin(catalogue: Catalogue) -> CatalogueTwin | None:
    twin = find_twin_catalogue(catalogue)
    if twin is None:
        return None
    return CatalogueTwin(
        name=twin.name,
        title=twin.title,
        mode=twin.mode,
        address=_get_catalogue_address(twin.name),
        differs=list(catalogue.differs or twin.differs),
        of_twin=not catalogue.differs,
        otherwise=list_differing_articles(catalogue, twin),
    )


def _present_instruments(catalogue: Catalogue) -> list[InstrumentSchema]:
    return [
        InstrumentSchema(
            name=name,
            title=instrument.title,
            jurisdiction=instrument.jurisdiction,
            in_force=instrument.in_force,
            until=instrument.until,
            last_day=find_last_day(instrument.until),
            note=instrument.note,
            articles=[
                InstrumentArticle(article=number, title=article.title, mark=article.mark, verified=article.verified)
                for number, article in instrument.articles.items()
            ],
        )
        for name, instrument in catalogue.instruments.items()
    ]


def present_catalogue_feeds(catalogue: Catalogue) -> list[FeedLine]:
    """The feeds of a catalogue, with their licences."""
    return [
        FeedLine(name=name, title=feed.title, licence=feed.licence, columns=list(feed.columns()))
        for name, feed in catalogue.feeds.items()
    ]


def _present_statements(name: str) -> list[ReceivedFile]:
    return [
        ReceivedFile(
            position=statement.position,
            feed=statement.feed,
            file=statement.file,
            stated=statement.stated,
            digest=statement.digest,
            counts=dict(statement.counts),
        )
        for statement in list_received_statements(name)
    ]


def _present_example(catalogue: Catalogue, example: dict[str, Any]) -> WorkedExample:
    return WorkedExample(
        title=example["example"],
        law=example["law"],
        records=[
            ExampleRecord(
                title=catalogue.records[record["record"]].title,
                occurred=record["occurred"],
                fields={name: str(value) for name, value in record.get("fields", {}).items()},
                named=_name_fields(catalogue, record),
            )
            for record in example["records"]
        ],
        then=[
            ExpectedOutcome(
                at=expectation["at"],
                effects={key: _render_expected_value(value) for key, value in expectation["effects"].items()},
                named={
                    _name_measure(catalogue, key): _speak_value(_render_expected_value(value))
                    for key, value in expectation["effects"].items()
                },
            )
            for expectation in example["then"]
        ],
    )


def _name_fields(catalogue: Catalogue, record: dict[str, Any]) -> dict[str, str]:
    """The values of a record of an example by the titles of their fields."""
    declared = catalogue.records[record["record"]].fields
    return {
        declared[name].title if name in declared else name: str(format_plain_value(value))
        for name, value in record.get("fields", {}).items()
    }


def _name_measure(catalogue: Catalogue, measure: str) -> str:
    """The title of a grade, a list, a measure or a case."""
    kinds = (catalogue.schemes, catalogue.lists, catalogue.measures, catalogue.cases)
    return next((kind[measure].title for kind in kinds if measure in kind), speak_word(measure))


def _speak_value(value: str | None) -> str | None:
    return None if value is None else str(format_plain_value(value))


def _render_expected_value(value: Any) -> str | None:
    value = value.get("value") if isinstance(value, dict) else value
    return None if value is None else str(value)


def _build_file_link(name: str, file: str) -> PageLink:
    return PageLink(title=file, address=reverse("catalogue-file", kwargs={"name": name, "file": file}))


@require_safe
def download_catalogue_file(request: HttpRequest, name: str, file: str) -> HttpResponse:
    """One file of a catalogue, exactly as it was enacted."""
    files = get_library_catalogue(name).catalogue.files
    if file not in files:
        raise NotFound(_("The catalogue has no such file."), where=file[:200], remedy=", ".join(files))
    return HttpResponse(files[file], content_type="text/plain; charset=utf-8")


def build_sql_page(request: HttpRequest, name: str) -> SqlPage:
    """The SQL of a catalogue."""
    catalogue = get_library_catalogue(name).catalogue
    return SqlPage(
        about=describe_register(),
        name=catalogue.name,
        version=catalogue.version,
        title=catalogue.title,
        sql=standing.build_effects_sql(catalogue),
    )


show_sql_page = make_page_view("web/catalogues/sql.html")(build_sql_page)
