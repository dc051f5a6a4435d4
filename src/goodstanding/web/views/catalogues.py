"""Catalogues: rules in plain words beside their law, what they are built from, and whether sources agree with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding import standing
from goodstanding.catalogue.model import Based, Catalogue
from goodstanding.errors import NotFound
from goodstanding.register import catalogues, words
from goodstanding.register.moment import Moment
from goodstanding.register.store import rows
from goodstanding.web import actors, audit, facts, totals
from goodstanding.web.about import about
from goodstanding.web.pages import page
from goodstanding.web.shapes import Link
from goodstanding.web.shapes import rules as shapes

_STATEMENTS = """
SELECT position, feed, file, stated, digest, counts
FROM statement
WHERE catalogue = %s
ORDER BY position DESC
"""


def build_all(request: HttpRequest) -> shapes.CataloguesPage:
    """The catalogues in force."""
    return shapes.CataloguesPage(about=about(), catalogues=totals.catalogue_lines())


view_all = page("catalogues")(build_all)


def build(request: HttpRequest, name: str) -> shapes.CataloguePage:
    """One catalogue in force."""
    actor, moment = actors.actor_of(request), Moment(actors.today())
    enacted = catalogues.get(name)
    held = enacted.catalogue
    return shapes.CataloguePage(
        about=about(),
        name=held.name,
        version=held.version,
        mode=held.mode,
        title=held.title,
        summary=held.summary,
        in_force=held.in_force,
        until=held.until,
        day=moment.day(name),
        enacted_on=enacted.day,
        enacted_at=enacted.position,
        digest=held.digest,
        rules=list(rules_of(held)),
        lists=totals.list_counts(name, moment),
        instruments=_instruments(held),
        sources=len(held.sources),
        feeds=feeds_of(held),
        statements=_statements(name),
        examples=[_example(held, one) for one in held.examples],
        agreement=audit.agreement_of(name, moment.day(name), actor),
        files=[_file(name, file) for file in held.files],
    )


view = page("catalogue")(build)


def rules_of(catalogue: Catalogue) -> Iterator[shapes.Rule]:
    """Every rule that says something, in the order of the catalogue's files."""
    for place, rule in catalogue.rules():
        if rule.says or getattr(rule, "title", ""):
            yield shapes.Rule(
                place="/".join(map(str, place)),
                kind=_kind(rule),
                title=_title(rule),
                says=rule.says,
                condition=getattr(rule, "when", None),
                reason=facts.reason(words.law(catalogue, rule)),
            )


def _kind(rule: Based) -> str:
    kinds = {
        "RecordType": _("What is recorded"),
        "Scheme": _("How a grade is worked out"),
        "Band": _("Grade"),
        "Exception_": _("When there is no grade"),
        "Discretion": _("What a source may post instead"),
        "Item": _("What counts"),
        "Bonus": _("Clean time"),
        "Case": _("Proceeding"),
        "Step": _("Step of a proceeding"),
        "ListRule": _("List"),
        "Measure": _("What follows"),
    }
    return kinds.get(type(rule).__name__, type(rule).__name__)


def _title(rule: Any) -> str:
    if grade := getattr(rule, "grade", ""):
        named = _("Grade %(grade)s") % {"grade": grade}
        return f"{named}: {rule.title}" if getattr(rule, "title", "") else named
    return getattr(rule, "title", "") or getattr(rule, "reason", "")


def _instruments(catalogue: Catalogue) -> list[shapes.Instrument]:
    return [
        shapes.Instrument(
            name=name,
            title=one.title,
            jurisdiction=one.jurisdiction,
            in_force=one.in_force,
            until=one.until,
            note=one.note,
            articles=[
                shapes.Article(article=number, title=article.title, mark=article.mark, verified=article.verified)
                for number, article in one.articles.items()
            ],
        )
        for name, one in catalogue.instruments.items()
    ]


def feeds_of(catalogue: Catalogue) -> list[shapes.FeedLine]:
    """The feeds of a catalogue, with their licences."""
    return [
        shapes.FeedLine(name=name, title=one.title, licence=one.licence, columns=list(one.columns()))
        for name, one in catalogue.feeds.items()
    ]


def _statements(name: str) -> list[shapes.Statement]:
    return [
        shapes.Statement(
            position=position,
            feed=feed,
            file=file,
            stated=date.fromisoformat(str(stated)),
            digest=digest,
            counts=json.loads(counts),
        )
        for position, feed, file, stated, digest, counts in rows(_STATEMENTS, [name])
    ]


def _example(catalogue: Catalogue, one: dict[str, Any]) -> shapes.Example:
    return shapes.Example(
        title=one["example"],
        law=one["law"],
        records=[
            shapes.ExampleRecord(
                title=catalogue.records[held["record"]].title,
                occurred=held["occurred"],
                fields={name: str(value) for name, value in held.get("fields", {}).items()},
            )
            for held in one["records"]
        ],
        then=[
            shapes.Outcome(at=held["at"], effects={key: _expected(value) for key, value in held["effects"].items()})
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
    files = catalogues.get(name).catalogue.files
    if file not in files:
        raise NotFound(_("The catalogue has no such file."), where=file[:200], remedy=", ".join(files))
    return HttpResponse(files[file], content_type="text/plain; charset=utf-8")


def build_sql(request: HttpRequest, name: str) -> shapes.SqlPage:
    """The SQL of a catalogue."""
    held = catalogues.get(name).catalogue
    return shapes.SqlPage(about=about(), name=held.name, version=held.version, title=held.title, sql=standing.sql(held))


view_sql = page("sql")(build_sql)
