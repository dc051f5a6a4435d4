"""Search by words or identifier, narrowed by list, grade, sector and region."""

from __future__ import annotations

from django.http import HttpRequest

from goodstanding.register.files.effects import Effect
from goodstanding.register.search.faceted_search import SearchHit, SearchQuery, list_facets, search_subjects
from goodstanding.subjects import normalise_name
from goodstanding.subjects.ranking import CANDIDATES
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.pagination import build_paging
from goodstanding.web.http.parameters import read_moment, read_page_number, read_text, refuse_if_moment_closed
from goodstanding.web.http.register_info import cache_by_ledger_size, describe_register
from goodstanding.web.subjects import search_schemas as shapes
from goodstanding.web.subjects.presenters import present_subject
from goodstanding.web.subjects.search_schemas import FacetChoice, HitGrade, SearchFacets, SearchHitSchema, SearchPage

PER_PAGE = 20
NARROWING_NAMES = ("list", "grade", "sector", "region")


def build_search_page(request: HttpRequest) -> SearchPage:
    """The subjects that answer the query, best first, and what it can be narrowed to; nothing for an empty query."""
    moment, at_page = read_moment(request), read_page_number(request)
    refuse_if_moment_closed(moment, get_actor(request))
    search_terms = shapes.SearchQuery(
        q=read_text(request, "q"), **{name: read_text(request, name) for name in NARROWING_NAMES}
    )
    query = SearchQuery(search_terms.q, search_terms.list, search_terms.grade, search_terms.sector, search_terms.region)
    search_result = search_subjects(query, moment, PER_PAGE, (at_page - 1) * PER_PAGE)
    return SearchPage(
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


show_search_page = make_page_view("web/subjects/search.html")(build_search_page)


def _present_hit(hit: SearchHit) -> SearchHitSchema:
    return SearchHitSchema(
        subject=present_subject(hit.subject),
        other_names=list(hit.subject.other_names),
        by_identifier=hit.by_identifier,
        grades=[_present_hit_grade(grade) for grade in hit.grades],
    )


def _present_hit_grade(effect: Effect) -> HitGrade:
    return HitGrade(
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
def list_narrowing_choices() -> SearchFacets:
    """Everything a query can be narrowed to, worked out once for each ledger size."""
    return SearchFacets(
        **{
            name: [FacetChoice(value=value, title=title) for value, title in choices]
            for name, choices in list_facets().items()
        }
    )
