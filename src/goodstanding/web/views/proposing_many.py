"""Proposals from a file: a list, the file, a look at every row, and then a case for each. Decisions never come so."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.access import Actor
from goodstanding.errors import BadFile, BadInput, NotAllowed, NotPossible
from goodstanding.register import proposals
from goodstanding.web import actors, asking
from goodstanding.web.about import describe_register
from goodstanding.web.hearings import lists, tables
from goodstanding.web.hearings.proposing import FIELD_PREFIX
from goodstanding.web.hearings.tables import TypedRow
from goodstanding.web.pages import render_schema
from goodstanding.web.problems import present_error
from goodstanding.web.shapes import ProblemSchema
from goodstanding.web.shapes import desks as shapes
from goodstanding.web.shapes.calculator import FieldChoice

PROPOSED_QUEUE_ADDRESS = "/desk?queue=to-serve&proposed="


@require_http_methods(["GET", "HEAD", "POST"])
def show_bulk_proposal_page(request: HttpRequest) -> HttpResponse:
    """The form; a look at every row of a file; or the cases that its rows opened."""
    actor = actors.get_actor(request)
    lists.get_opening_act(actor)
    if lists.is_opening_interim(actor):
        raise NotAllowed(_("Interim measures are imposed one by one."), remedy=_("charter article 16"))
    parameters = request.POST if request.method == "POST" else request.GET
    listed = asking.check_short_text(str(parameters.get("list", "")), "list")
    if not listed:
        return render_schema(request, "desk-many", _build_bulk_page(actor, "choose"), twin="")
    chosen = lists.get_available_list(actor, listed)
    if request.method != "POST":
        return render_schema(request, "desk-many", _build_bulk_page(actor, "form", chosen), twin="")
    return _handle_post(request, actor, chosen)


def _handle_post(request: HttpRequest, actor: Actor, chosen: shapes.AvailableList) -> HttpResponse:
    content = ""
    try:
        content = _read_content(request)
        rows = tables.read_proposal_file(chosen.value, content, actor, actors.get_today())
    except BadFile as error:
        schema = _build_bulk_page(actor, "form", chosen, content=content, problems=[present_error(error)])
        return render_schema(request, "desk-many", schema, 400, twin="")
    if request.POST.get("do") != "send":
        return render_schema(request, "desk-many", _build_bulk_page(actor, "check", chosen, rows, content), twin="")
    return _propose_rows(request, actor, chosen, rows)


def _read_content(request: HttpRequest) -> str:
    """The file that was sent, or the text of it that an earlier look left in the form."""
    file = request.FILES.get("file")
    if file is not None:
        if file.size > tables.MOST_BYTES:
            return tables.decode_proposal_file(b" " * (tables.MOST_BYTES + 1), file.name or "")
        return tables.decode_proposal_file(file.read(), file.name or "")
    text = request.POST.get("content", "").replace("\r\n", "\n")
    if not text.strip():
        raise BadFile(_("No file was chosen."), remedy=_("a CSV file"))
    return tables.decode_proposal_file(text.encode(errors="replace"), "")


def _propose_rows(
    request: HttpRequest, actor: Actor, chosen: shapes.AvailableList, rows: list[TypedRow]
) -> HttpResponse:
    cases: dict[int, int] = {}
    for row in rows:
        if row.typed.meant is None:
            continue
        try:
            case_file = proposals.propose_case(row.typed.meant, actor, actors.get_today(), datetime.now(UTC))
        except (BadInput, NotPossible) as error:  # somebody else was faster
            row.typed.problem(error.where or "text", error)
        else:
            cases[row.number] = case_file.position
    if len(cases) == len(rows):
        return HttpResponseRedirect(f"{PROPOSED_QUEUE_ADDRESS}{len(cases)}", status=303)
    return render_schema(request, "desk-many", _build_bulk_page(actor, "done", chosen, rows, cases=cases), twin="")


def _build_bulk_page(
    actor: Actor, stage: str, chosen: shapes.AvailableList | None = None, rows: list[TypedRow] | None = None, content: str = "",
    problems: list[ProblemSchema] | None = None, cases: dict[int, int] | None = None,
) -> shapes.BulkProposalPage:  # fmt: skip
    shown_rows, case_numbers = rows or [], cases or {}
    return shapes.BulkProposalPage(
        about=describe_register(),
        stage=stage,
        office_name=lists.find_office_name(actor.scope),
        lists=lists.list_available_lists(actor),
        chosen=chosen,
        columns=_describe_columns(chosen.value) if chosen else [],
        example=",".join(tables.list_file_columns(chosen.value)) if chosen else "",
        problems=problems or [],
        rows=[_present_row(row, case_numbers) for row in shown_rows],
        right=sum(row.typed.meant is not None for row in shown_rows),
        content=content,
        most=tables.MOST_ROWS,
    )


def _present_row(row: TypedRow, case_numbers: dict[int, int]) -> shapes.ProposalRow:
    values, row_problems = row.typed.values, [_strip_field_prefix(problem) for problem in row.typed.problems]
    return shapes.ProposalRow(
        number=row.number, name=values.get("name", ""), identifier=values.get("identifier", ""),
        reference=values.get("reference", ""), problems=row_problems, notes=row.typed.notes, case=case_numbers.get(row.number),
    )  # fmt: skip


def _strip_field_prefix(problem: ProblemSchema) -> ProblemSchema:
    """A problem at the column as the file names it."""
    return problem.model_copy(update={"where": (problem.where or "").removeprefix(FIELD_PREFIX)})


def _describe_columns(listed: str) -> list[FieldChoice]:
    """Every column with what it holds."""
    plain = {
        "kind": ", ".join(lists.list_kinds_for_list(listed)),
        "identifier": _("its scheme, a colon and its value: lei:5493001KJTIIGC8Y1R12"),
        "name": _("exactly as your files have it"),
        "reference": _("your file number"),
        "occurred": _("the day of the finding: 2026-11-03"),
        "text": _("the reasons, in plain words"),
    }
    stated = lists.list_stated_fields(listed)
    return [
        FieldChoice(
            value=name,
            title=plain.get(name) or _describe_column(stated[name].title, stated[name].one_of, stated[name].type),
        )
        for name in tables.list_file_columns(listed)
    ]


def _describe_column(title: str, codes: tuple[str, ...], way: str) -> str:
    ways = {"boolean": _("yes or no"), "date": _("a day: 2026-11-03"), "integer": _("a whole number")}
    return f"{title}: {', '.join(codes) or ways.get(way, _('a text'))}"
