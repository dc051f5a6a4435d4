"""The page of one case, its evidence and its letters: for its parties, and for nobody else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from goodstanding.access import Actor
from goodstanding.errors import NotAllowed, NotFound
from goodstanding.procedure.letters import Letter, as_text
from goodstanding.procedure.notices import write
from goodstanding.register import letters
from goodstanding.register.hearings import Hearing, hearing
from goodstanding.web import actors, asking
from goodstanding.web.about import about
from goodstanding.web.evidence import evidence_response
from goodstanding.web.hearings import history, page, said
from goodstanding.web.letters import paper, post
from goodstanding.web.pages import page as paged
from goodstanding.web.pages import render_shape, serialized
from goodstanding.web.shapes import cases as shapes

LANGUAGES = ("en", "es", "zh-hans")
FARTHEST = 2**53


def opened(request: HttpRequest, position: int, looked_at: str = "") -> tuple[Hearing, Actor]:
    """A case, and who asks; raises NotFound, or NotAllowed for whoever is no party. A party's look is noted."""
    actor = actors.actor_of(request)
    if position >= FARTHEST:
        raise NotFound(_("There is no such case."), remedy=_("the number of a case, such as GS-1204"))
    held = hearing(position)
    allowed = page.may_see(held, actor)
    if not allowed.allowed:
        raise NotAllowed(_("This case is open to its parties."), where=held.reference, remedy=allowed.because)
    actors.log_look_up(actor, held.subject.identifier, (looked_at or request.get_full_path())[:500])
    return held, actor


def build(request: HttpRequest, position: int) -> shapes.CasePage:
    """One case, whole, as its parties see it."""
    held, actor = opened(request, position)
    return page.page(held, actor, actors.today(), _done(request, held))


view = paged("case")(build)


def _done(request: HttpRequest, held: Hearing) -> str:
    """What was just done, where the address says so, and to how many people its letter went."""
    given = {name: asking.words(request, name) for name in ("done", "sent", "failed")}
    numbers = {name: int(text) if text.isdecimal() else -1 for name, text in given.items()}
    one = next((one for one in held.acts if one.position == numbers["done"]), None)
    if one is None:
        return ""
    parts = [_("%(act)s, and written into the ledger.") % {"act": said.act(one.act)}]
    if (n := numbers["sent"]) > 0:
        sent = ngettext("The letter went to one e-mail address.", "The letter went to %(n)s e-mail addresses.", n)
        parts.append(sent % {"n": n})
    if (n := numbers["failed"]) > 0:
        parts.append(_("To %(n)s it could not be sent: serve it in another way.") % {"n": n})
    return " ".join(parts)


@require_safe
def evidence(request: HttpRequest, position: int, digest: str) -> HttpResponse:
    """A file in evidence of a case, as a download."""
    held, _actor = opened(request, position)
    found = next((one for one in letters.exhibits(held.acts) if one.digest == digest), None)
    if found is None:
        raise NotFound(_("No such file is in evidence in this case."), where=held.reference)
    return evidence_response(found)


@require_safe
def letter(request: HttpRequest, position: int, event: int, *, twin: bool = False) -> HttpResponse:
    """The letter about an act, as a page or as JSON. That the subject opened it is noted, and proves service."""
    address = f"/cases/{position}/letters/{event}"
    held, actor, written = _letter(request, position, event)
    shape = shapes.LetterPage(
        about=about(),
        head=page.head(held, actor, actors.today()),
        position=event,
        title=written.title,
        language=written.language,
        languages=[one for one in LANGUAGES if one != written.language.lower()],
        written=next(one.day for one in held.acts if one.position == event),
        deadline=written.deadline,
        text=as_text(written),
        opened=history.opened(held, [address]).get(address, []),
    )
    return serialized(shape) if twin else render_shape(request, "case-letter", shape, letter=written)


@require_safe
def letter_pdf(request: HttpRequest, position: int, event: int) -> HttpResponse:
    """The same letter on paper."""
    _held, _actor, written = _letter(request, position, event)
    response = HttpResponse(paper.pdf(written), content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(True, post.file_name(written))
    return response


def _letter(request: HttpRequest, position: int, event: int) -> tuple[Hearing, Actor, Letter]:
    held, actor = opened(request, position, f"/cases/{position}/letters/{event}")
    language = asking.words(request, "language")
    if language and language not in LANGUAGES:
        raise NotFound(_("Letters are not written in that language."), where="language", remedy=", ".join(LANGUAGES))
    address = request.build_absolute_uri(f"/cases/{position}")
    _then, notice = letters.letter_of(position, min(event, FARTHEST), language, address)
    return held, actor, write(notice)
