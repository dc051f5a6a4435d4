"""The page of one case, its evidence and its letters: for its parties, and for nobody else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from goodstanding.access import ANYBODY, Actor
from goodstanding.errors import NotFound
from goodstanding.messages import CaseMessage, Message
from goodstanding.portal.cases.letters.email import build_letter_file_name
from goodstanding.portal.cases.letters.pdf import find_illegible_text, render_pdf
from goodstanding.portal.cases.presenters import present_case_head, present_case_page
from goodstanding.portal.cases.schemas import CasePage, LetterPage
from goodstanding.portal.cases.timeline import index_letter_openings
from goodstanding.procedure.letters import Letter, render_letter_text
from goodstanding.procedure.notices import write_letter
from goodstanding.register.cases.case_access import decide_case_access
from goodstanding.register.cases.case_file import CaseFile, get_case
from goodstanding.register.cases.notices import get_case_and_notice, list_exhibits
from goodstanding.web.http import clock
from goodstanding.web.http.access_log import log_access
from goodstanding.web.http.actors import get_actor
from goodstanding.web.http.downloads import build_evidence_response
from goodstanding.web.http.pages import make_page_view as paged
from goodstanding.web.http.pages import render_json, render_schema
from goodstanding.web.http.parameters import parse_number, read_text
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.wording.case_terms import name_act

LANGUAGES = ("en", "es", "zh-hans")
FARTHEST = 2**53


def get_visible_case(request: HttpRequest, position: int, looked_at: str = "") -> tuple[CaseFile, Actor]:
    """A case, and who asks; one NotFound for what is no case and for whoever is no party. A party's look is noted."""
    actor = get_actor(request)
    missing = NotFound(Message(CaseMessage.CASE_MISSING, {"position": position}))
    if actor == ANYBODY or position >= FARTHEST:  # the public is told nothing, so nothing is looked up for it
        raise missing
    case_file = get_case(position)
    if not decide_case_access(case_file, actor).allowed:
        raise missing
    log_access(actor, case_file.subject.identifier, (looked_at or request.get_full_path())[:500])
    return case_file, actor


def build_case_page(request: HttpRequest, position: int) -> CasePage:
    """One case, whole, as its parties see it."""
    case_file, actor = get_visible_case(request, position)
    return present_case_page(
        case_file, actor, clock.get_day_in(case_file.catalogue), _describe_done_act(request, case_file)
    )


show_case_page = paged("portal/cases/detail.html")(build_case_page)


def _describe_done_act(request: HttpRequest, case_file: CaseFile) -> str:
    """What was just done, where the address says so, and to how many people its letter went."""
    numbers = {name: parse_number(read_text(request, name)) or 0 for name in ("sent", "failed")}
    done = parse_number(read_text(request, "done"))
    done_act = next((done_act for done_act in case_file.acts if done_act.position == done), None)
    if done_act is None:
        return ""
    parts = [_("%(act)s, and written into the ledger.") % {"act": name_act(done_act.act)}]
    if (letter_count := numbers["sent"]) > 0:
        sent = ngettext(
            "The letter went to one e-mail address.", "The letter went to %(n)s e-mail addresses.", letter_count
        )
        parts.append(sent % {"n": letter_count})
    if (letter_count := numbers["failed"]) > 0:
        parts.append(_("To %(n)s it could not be sent: serve it in another way.") % {"n": letter_count})
    return " ".join(parts)


@require_safe
def download_case_evidence(request: HttpRequest, position: int, digest: str) -> HttpResponse:
    """A file in evidence of a case, as a download."""
    case_file, _actor = get_visible_case(request, position)
    exhibit = next((candidate for candidate in list_exhibits(case_file.acts) if candidate.digest == digest), None)
    if exhibit is None:
        raise NotFound(_("No such file is in evidence in this case."), where=case_file.reference)
    return build_evidence_response(exhibit)


@require_safe
def show_letter_page(request: HttpRequest, position: int, event: int, *, twin: bool = False) -> HttpResponse:
    """The letter about an act, as a page or as JSON. That the subject opened it is noted, and proves service."""
    address = reverse("letter", args=[position, event])
    case_file, actor, written = _get_letter(request, position, event)
    schema = LetterPage(
        about=describe_register(),
        head=present_case_head(case_file, actor, clock.get_day_in(case_file.catalogue)),
        position=event,
        title=written.title,
        language=written.language,
        languages=[language for language in LANGUAGES if language != written.language.lower()],
        written=next(case_act.day for case_act in case_file.acts if case_act.position == event),
        deadline=written.deadline,
        text=render_letter_text(written),
        opened=index_letter_openings(case_file, [address]).get(address, []),
    )
    if twin:
        return render_json(schema)
    is_printable = not find_illegible_text(written)
    return render_schema(request, "portal/cases/letter.html", schema, letter=written, is_printable=is_printable)


@require_safe
def download_letter_pdf(request: HttpRequest, position: int, event: int) -> HttpResponse:
    """The same letter on paper."""
    _case_file, _actor, written = _get_letter(request, position, event)
    response = HttpResponse(render_pdf(written), content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(True, build_letter_file_name(written))
    return response


def _get_letter(request: HttpRequest, position: int, event: int) -> tuple[CaseFile, Actor, Letter]:
    case_file, actor = get_visible_case(request, position, reverse("letter", args=[position, event]))
    language = read_text(request, "language")
    if language and language not in LANGUAGES:
        raise NotFound(_("Letters are not written in that language."), where="language", remedy=", ".join(LANGUAGES))
    address = request.build_absolute_uri(reverse("case", args=[position]))
    _then, notice = get_case_and_notice(position, min(event, FARTHEST), language, address)
    return case_file, actor, write_letter(notice)
