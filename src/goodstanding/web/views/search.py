"""Search by words or identifier, narrowed by list, grade, sector and region."""

from __future__ import annotations

from django.http import HttpRequest

from goodstanding.register import browse
from goodstanding.register.browse import Query
from goodstanding.register.file import Effect
from goodstanding.subjects import normal
from goodstanding.subjects.ranking import CANDIDATES
from goodstanding.web import actors, asking, facts
from goodstanding.web.about import about, counted
from goodstanding.web.pages import page
from goodstanding.web.paging import paging
from goodstanding.web.shapes import finding as shapes

PER_PAGE = 20
NAMES = ("list", "grade", "sector", "region")


def build(request: HttpRequest) -> shapes.SearchPage:
    """The subjects that answer the query, best first, and what it can be narrowed to; nothing for an empty query."""
    moment, at_page = asking.moment_of(request), asking.page_number(request)
    asking.allow(moment, actors.actor_of(request))
    asked = shapes.Asked(q=asking.words(request, "q"), **{name: asking.words(request, name) for name in NAMES})
    query = Query(asked.q, asked.list, asked.grade, asked.sector, asked.region)
    found = browse.browse(query, moment, PER_PAGE, (at_page - 1) * PER_PAGE)
    return shapes.SearchPage(
        about=about(),
        asked=asked,
        today=moment.today,
        at=moment.at,
        known=moment.size,
        by_identifier=found.by_identifier,
        exact=any(normal(one.subject.name) == normal(asked.q) for one in found.hits),
        most=CANDIDATES if asked.q and not found.by_identifier else None,
        hits=[_hit(one) for one in found.hits],
        paging=paging(at_page, PER_PAGE, found.total, len(found.hits)),
        narrowing=narrowing(),
    )


view = page("search")(build)


def _hit(one: browse.Hit) -> shapes.Hit:
    return shapes.Hit(
        subject=facts.named(one.subject),
        other_names=list(one.subject.other_names),
        by_identifier=one.by_identifier,
        grades=[_grade(held) for held in one.grades],
    )


def _grade(one: Effect) -> shapes.HitGrade:
    return shapes.HitGrade(
        title=one.title,
        value=one.value,
        value_title=one.value_title,
        score=one.score,
        of=one.of,
        since=one.valid_from,
        day=one.day,
        reason=one.sentences[0] if one.value is None and one.sentences else "",
    )


@counted
def narrowing() -> shapes.Narrowing:
    """Everything a query can be narrowed to, worked out once for each ledger size."""
    return shapes.Narrowing(
        **{
            name: [shapes.Choice(value=value, title=title) for value, title in choices]
            for name, choices in browse.facets().items()
        }
    )
