"""Catalogues: rules in plain words beside their law, what they are built from, and whether sources agree with them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding import charter, standing
from goodstanding.catalogue import Catalogue
from goodstanding.errors import NotFound
from goodstanding.register.moment import Moment
from goodstanding.register.store import rows
from goodstanding.web import actors, audit, judging, library, proceedings, rulebook, totals
from goodstanding.web.about import about
from goodstanding.web.pages import page
from goodstanding.web.rulebook.lines import kinds
from goodstanding.web.shapes import Link
from goodstanding.web.shapes import catalogues as shapes
from goodstanding.web.shapes import rules as parts

_STATEMENTS = """
SELECT position, feed, file, stated, digest, counts
FROM statement
WHERE catalogue = %s
ORDER BY position DESC
"""


def build_all(request: HttpRequest) -> shapes.LibraryPage:
    """Every catalogue there is: in force here, ready to be enacted, and of the laboratory."""
    here = {one.name: one for one in totals.catalogue_lines()}
    lines = [_line(one, here.get(name)) for name, one in library.known().items()]
    return shapes.LibraryPage(
        about=about(),
        in_force=[one for one in lines if one.enactment],
        live=[one for one in lines if not one.enactment and one.mode == "live"],
        laboratory=[one for one in lines if one.mode == "lab"],
    )


view_all = page("catalogues")(build_all)


def _line(one: library.Known, here: parts.CatalogueLine | None) -> shapes.LibraryLine:
    held = one.catalogue
    return shapes.LibraryLine(
        name=held.name,
        version=held.version,
        mode=held.mode,
        title=held.title,
        summary=held.summary,
        reaches=kinds(held.subjects),
        does=rulebook.does(held),
        enactment=_enactment(one),
        here=here,
        newer=one.newer,
        checked=library.unchecked(held),
        cells=judging.cells(held),
        breached=list(charter.assess(held).breached),
        twin=_twin_link(held),
    )


def _enactment(one: library.Known) -> shapes.Enactment | None:
    return shapes.Enactment(day=one.enacted.day, position=one.enacted.position) if one.enacted else None


def _twin_link(catalogue: Catalogue) -> Link | None:
    twin = library.twin_of(catalogue)
    return Link(title=twin.title, address=_address(twin.name)) if twin else None


def _address(name: str) -> str:
    return reverse("catalogue", kwargs={"name": name})


def build(request: HttpRequest, name: str) -> shapes.CataloguePage:
    """One catalogue, in force here or not."""
    known, moment = library.get(name), Moment(actors.today())
    held, day = known.catalogue, moment.day(name) if known.enacted else None
    return shapes.CataloguePage(
        about=about(),
        name=held.name,
        version=held.version,
        mode=held.mode,
        title=held.title,
        summary=held.summary,
        in_force=held.in_force,
        until=held.until,
        day=day,
        enactment=_enactment(known),
        drafts=proceedings.drafts_of(held.name),
        newer=known.newer,
        digest=held.digest,
        glance=rulebook.glance(held),
        parts=rulebook.parts(held),
        lists=totals.list_counts(name, moment) if known.enacted else [],
        checked=library.unchecked(held),
        judgement=judging.judgement(held),
        twin=_twin(held),
        instruments=_instruments(held),
        sources=len(held.sources),
        feeds=feeds_of(held),
        statements=_statements(name) if known.enacted else [],
        examples=[_example(held, one) for one in held.examples],
        agreement=audit.agreement_of(name, day, actors.actor_of(request)) if day else None,
        calculator=reverse("calculator", kwargs={"name": name}),
        files=[_file(name, file) for file in held.files],
    )


view = page("catalogue")(build)


def _twin(catalogue: Catalogue) -> shapes.Twin | None:
    twin = library.twin_of(catalogue)
    if twin is None:
        return None
    return shapes.Twin(
        name=twin.name,
        title=twin.title,
        mode=twin.mode,
        address=_address(twin.name),
        differs=list(catalogue.differs or twin.differs),
        of_twin=not catalogue.differs,
        otherwise=judging.otherwise(catalogue, twin),
    )


def _instruments(catalogue: Catalogue) -> list[parts.Instrument]:
    return [
        parts.Instrument(
            name=name,
            title=one.title,
            jurisdiction=one.jurisdiction,
            in_force=one.in_force,
            until=one.until,
            note=one.note,
            articles=[
                parts.Article(article=number, title=article.title, mark=article.mark, verified=article.verified)
                for number, article in one.articles.items()
            ],
        )
        for name, one in catalogue.instruments.items()
    ]


def feeds_of(catalogue: Catalogue) -> list[parts.FeedLine]:
    """The feeds of a catalogue, with their licences."""
    return [
        parts.FeedLine(name=name, title=one.title, licence=one.licence, columns=list(one.columns()))
        for name, one in catalogue.feeds.items()
    ]


def _statements(name: str) -> list[parts.Statement]:
    return [
        parts.Statement(
            position=position,
            feed=feed,
            file=file,
            stated=date.fromisoformat(str(stated)),
            digest=digest,
            counts=json.loads(counts),
        )
        for position, feed, file, stated, digest, counts in rows(_STATEMENTS, [name])
    ]


def _example(catalogue: Catalogue, one: dict[str, Any]) -> parts.Example:
    return parts.Example(
        title=one["example"],
        law=one["law"],
        records=[
            parts.ExampleRecord(
                title=catalogue.records[held["record"]].title,
                occurred=held["occurred"],
                fields={name: str(value) for name, value in held.get("fields", {}).items()},
            )
            for held in one["records"]
        ],
        then=[
            parts.Outcome(at=held["at"], effects={key: _expected(value) for key, value in held["effects"].items()})
            for held in one["then"]
        ],
    )


def _expected(value: Any) -> str | None:
    value = value.get("value") if isinstance(value, dict) else value
    return None if value is None else str(value)


def _file(name: str, file: str) -> Link:
    return Link(title=file, address=reverse("catalogue-file", kwargs={"name": name, "file": file}))


@require_safe
def download(request: HttpRequest, name: str, file: str) -> HttpResponse:
    """One file of a catalogue, exactly as it was enacted."""
    files = library.get(name).catalogue.files
    if file not in files:
        raise NotFound(_("The catalogue has no such file."), where=file[:200], remedy=", ".join(files))
    return HttpResponse(files[file], content_type="text/plain; charset=utf-8")


def build_sql(request: HttpRequest, name: str) -> parts.SqlPage:
    """The SQL of a catalogue."""
    held = library.get(name).catalogue
    return parts.SqlPage(about=about(), name=held.name, version=held.version, title=held.title, sql=standing.sql(held))


view_sql = page("sql")(build_sql)
