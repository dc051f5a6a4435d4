"""Search by words or identifier, narrowed by region, sector and catalogue, in the order asked for; also as CSV."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding.errors import BadInput
from goodstanding.register.files.effects import Effect
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.search.faceted_search import (
    DATE,
    NAME,
    ORDERS,
    RELEVANCE,
    SearchHit,
    SearchQuery,
    WordMatches,
    match_words,
    search_subjects,
)
from goodstanding.register.search.facets import count_choices, list_all_choices
from goodstanding.register.search.grade_export import MOST_ROWS, render_grades
from goodstanding.subjects import normalise_name
from goodstanding.subjects.ranking import CANDIDATES
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.pages import make_page_view
from goodstanding.web.http.pagination import build_paging
from goodstanding.web.http.parameters import (
    parse_number,
    read_moment,
    read_page_number,
    read_text,
    refuse_if_moment_closed,
)
from goodstanding.web.http.register_info import cache_by_ledger_size, describe_register
from goodstanding.web.subjects import search_schemas as shapes
from goodstanding.web.subjects.presenters import present_subject
from goodstanding.web.subjects.search_schemas import FacetChoice, HitGrade, SearchFacets, SearchHitSchema, SearchPage

PAGE_SIZES = (20, 50, 100)
MOST_COUNTED = 20_000  # files over which choices are counted at once
NARROWING_NAMES = ("list", "grade", "sector", "region", "catalogue")
CSV_KEYS = ("q", "region", "sector", "catalogue")


def build_search_page(request: HttpRequest) -> SearchPage:
    """The subjects that answer the query, best first, and what it can be narrowed to; nothing for an empty query."""
    moment, at_page = read_moment(request), read_page_number(request)
    refuse_if_moment_closed(moment, get_actor(request))
    query, per_page = _read_query(request), _read_page_size(request)
    matches = match_words(query, moment) if query.words.strip() else None
    search_result = search_subjects(query, moment, per_page, (at_page - 1) * per_page, matches)
    return SearchPage(
        about=describe_register(),
        asked=_present_query(query, per_page),
        today=moment.today,
        at=moment.at,
        known=moment.size,
        by_identifier=search_result.by_identifier,
        exact=any(normalise_name(hit.subject.name) == normalise_name(query.words) for hit in search_result.hits),
        complete=search_result.complete,
        place=search_result.place,
        most=CANDIDATES if query.words and not search_result.by_identifier else None,
        hits=[_present_hit(hit) for hit in search_result.hits],
        paging=build_paging(at_page, per_page, search_result.total, len(search_result.hits)),
        orders=list_orders(query),
        sizes=list(PAGE_SIZES),
        narrowing=list_narrowing_choices(query, moment, matches, search_result.total),
        csv=_build_csv_address(request) if moment.is_now and 0 < search_result.total <= MOST_ROWS else None,
    )


show_search_page = make_page_view("web/subjects/search.html")(build_search_page)


@require_safe
def download_grades(request: HttpRequest) -> HttpResponse:
    """The grades that anybody may see of all that answers a query, as CSV; raises BadInput for too many, or nothing."""
    moment, query = read_moment(request).at_present(), _read_query(request)
    query = replace(query, list="", grade="")
    remedy = _("words, a region, a sector or a catalogue that leave no more than %(n)s files") % {"n": MOST_ROWS}
    if not (query.words or query.narrowed):
        raise BadInput(_("Nothing was asked for."), where="q", remedy=remedy)
    search_result = search_subjects(query, moment, MOST_ROWS)
    if search_result.total > MOST_ROWS:
        raise BadInput(_("These are %(n)s files.") % {"n": search_result.total}, where="q", remedy=remedy)
    headers = {"Content-Disposition": 'attachment; filename="grades.csv"'}
    content = render_grades(search_result.hits, moment)
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _read_query(request: HttpRequest) -> SearchQuery:
    named = {name: read_text(request, name) for name in NARROWING_NAMES}
    order = read_text(request, "order") or RELEVANCE
    if order not in ORDERS:
        raise BadInput(_("There is no such order."), where="order", remedy=", ".join(ORDERS))
    return SearchQuery(read_text(request, "q"), order=order, **named)


def _read_page_size(request: HttpRequest) -> int:
    text = read_text(request, "size")
    size = parse_number(text) if text else PAGE_SIZES[0]
    if size not in PAGE_SIZES:
        raise BadInput(_("No page has that size."), where="size", remedy=", ".join(map(str, PAGE_SIZES)))
    return size


def _present_query(query: SearchQuery, per_page: int) -> shapes.SearchQuery:
    return shapes.SearchQuery(
        q=query.words, list=query.list, grade=query.grade, sector=query.sector, region=query.region,
        catalogue=query.catalogue, order=query.order, size=per_page,
    )  # fmt: skip


def _build_csv_address(request: HttpRequest) -> str:
    parameters = request.GET.copy()
    for name in set(parameters) - set(CSV_KEYS):
        del parameters[name]
    return f"{reverse('search.csv')}?{parameters.urlencode()}"


def list_orders(query: SearchQuery) -> list[FacetChoice]:
    """The orders in which a query's files can be shown."""
    titles = {RELEVANCE: _("Closest first"), NAME: _("Name"), DATE: _("Newest grade first")}
    offered = [RELEVANCE, NAME, DATE] if query.words else [NAME, DATE] if query.is_datable else [NAME]
    return [FacetChoice(value=name, title=titles[name]) for name in offered]


def list_narrowing_choices(
    query: SearchQuery, moment: PointInTime, matches: WordMatches | None, total: int
) -> SearchFacets:
    """What a query can be narrowed to: with counts once anything is asked that leaves not too much to count."""
    choices: dict[str, list[FacetChoice]] = {
        name: [FacetChoice(value=value, title=title) for value, title in pairs]
        for name, pairs in load_all_choices().items()
    }
    counted: dict[str, list[tuple[str, str, int]]] = {}
    if matches is not None:
        counted = count_choices(query, moment, matches.subject_ids)
    elif query.narrowed and total <= MOST_COUNTED:
        counted = load_counted_choices(replace(query, order=RELEVANCE), moment)
    choices |= {
        name: [FacetChoice(value=value, title=title, count=count) for value, title, count in found_choices]
        for name, found_choices in counted.items()
    }
    return SearchFacets(**choices)


@cache_by_ledger_size
def load_counted_choices(query: SearchQuery, moment: PointInTime) -> dict[str, list[tuple[str, str, int]]]:
    """The choices of a query without words, with how many files each leaves."""
    return count_choices(query, moment)


@cache_by_ledger_size
def load_all_choices() -> dict[str, list[tuple[str, str]]]:
    """Everything a query can be narrowed to, worked out once for each ledger size."""
    return list_all_choices()


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
