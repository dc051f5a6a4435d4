"""Search by words or identifier, narrowed by list, grade, sector and region."""

from __future__ import annotations

from django.http import HttpRequest

from goodstanding.register import browse
from goodstanding.register.browse import SearchQuery
from goodstanding.register.file import Effect
from goodstanding.subjects import normalise_name
from goodstanding.subjects.ranking import CANDIDATES
from goodstanding.web import actors, asking, facts
from goodstanding.web.about import cache_by_ledger_size, describe_register
from goodstanding.web.pages import make_page_view
from goodstanding.web.paging import build_paging
from goodstanding.web.shapes import finding as shapes

PER_PAGE = 20
NARROWING_NAMES = ("list", "grade", "sector", "region")


def build_search_page(request: HttpRequest) -> shapes.SearchPage:
    """The subjects that answer the query, best first, and what it can be narrowed to; nothing for an empty query."""
    moment, at_page = asking.read_moment(request), asking.read_page_number(request)
    asking.refuse_if_moment_closed(moment, actors.get_actor(request))
    search_terms = shapes.SearchQuery(
        q=asking.read_text(request, "q"), **{name: asking.read_text(request, name) for name in NARROWING_NAMES}
    )
    query = SearchQuery(search_terms.q, search_terms.list, search_terms.grade, search_terms.sector, search_terms.region)
    search_result = browse.search_subjects(query, moment, PER_PAGE, (at_page - 1) * PER_PAGE)
    return shapes.SearchPage(
        about=describe_register(),
        asked=search_terms,
        today=moment.today,
        at=moment.at,
        known=moment.size,
        by_identifier=search_result.by_identifier,
        exact=any(normalise_name(hit.subject.name) == normalise_name(search_terms.q) for hit in search_result.hits),
        most=CANDIDATES if search_terms.q and not search_result.by_identifier else None,
        hits=[_present_hit(hit) for hit in search_result.hits],
        paging=build_paging(at_page, PER_PAGE, search_result.total, len(search_result.hits)),
        narrowing=list_narrowing_choices(),
    )


show_search_page = make_page_view("search")(build_search_page)


def _present_hit(hit: browse.SearchHit) -> shapes.SearchHit:
    return shapes.SearchHit(
        subject=facts.present_subject(hit.subject),
        other_names=list(hit.subject.other_names),
        by_identifier=hit.by_identifier,
        grades=[_present_hit_grade(grade) for grade in hit.grades],
    )


def _present_hit_grade(effect: Effect) -> shapes.HitGrade:
    return shapes.HitGrade(
        title=effect.title,
        value=effect.value,
        value_title=effect.value_title,
        score=effect.score,
        of=effect.of,
        since=effect.valid_from,
        day=effect.day,
        reason=effect.sentences[0] if effect.value is None and effect.sentences else "",
    )


@cache_by_ledger_size
def list_narrowing_choices() -> shapes.SearchFacets:
    """Everything a query can be narrowed to, worked out once for each ledger size."""
    return shapes.SearchFacets(
        **{
            name: [shapes.FacetChoice(value=value, title=title) for value, title in choices]
            for name, choices in browse.list_facets().items()
        }
    )
