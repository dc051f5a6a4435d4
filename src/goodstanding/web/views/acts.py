"""Acts in a case: a form, a look at what will be sent, and the act itself; no refusal loses a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.access import Actor
from goodstanding.access.acts import HELD_BY, may_act
from goodstanding.errors import BadInput, GoodstandingError, NotAllowed, NotFound, NotPossible, Overtaken
from goodstanding.procedure.hearing import OPENING, Act, Done, advance
from goodstanding.procedure.letters import Letter
from goodstanding.procedure.notices import write
from goodstanding.register import hearings, letters
from goodstanding.register.hearings import Heard, Hearing
from goodstanding.web import actors
from goodstanding.web.about import about
from goodstanding.web.hearings import attaching, forms, history, page, sending
from goodstanding.web.hearings.forms import Entered
from goodstanding.web.pages import render_shape
from goodstanding.web.problems import status_of
from goodstanding.web.shapes import cases as shapes
from goodstanding.web.views.cases import opened

ACTS = {one: Act(one) for one in HELD_BY if Act(one) not in OPENING}
CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest, position: int, act: str) -> HttpResponse:
    """The form of an act alone; or the act itself, once the form is sent."""
    if act not in ACTS:
        raise NotFound(_("There is no such act."), where=act[:100], remedy=", ".join(ACTS))
    held, actor = opened(request, position)
    asked = _Asked(request, held, ACTS[act], actor, actors.today())
    if request.method == "POST":
        return _posted(asked)
    return _shown(asked, Entered(), "barred" if asked.why_not() else "form", _status(asked))


class _Asked:
    """Somebody asks to do something in a case, today."""

    def __init__(self, request: HttpRequest, held: Hearing, act: Act, actor: Actor, at: date) -> None:
        self.request, self.held, self.act, self.actor, self.at = request, held, act, actor, at

    def allowed(self) -> bool:
        """Whether the act is theirs at all."""
        return may_act(self.actor, self.act, self.held.resource(self.actor)).allowed

    def why_not(self) -> str:
        """Why they cannot do it today; nothing where they can."""
        reason = hearings.possible(self.held, self.actor, self.at)[self.act]
        return forms.why_not(self.held, self.act, self.actor, self.at, reason) if self.allowed() else reason


def _status(asked: _Asked) -> int:
    if not asked.why_not():
        return 200
    return CONFLICT if asked.allowed() else status_of(NotAllowed(""))


def _posted(asked: _Asked) -> HttpResponse:
    posted = asked.request.POST
    entered, meant = forms.read(asked.held, asked.act, posted, asked.at)
    if asked.allowed():  # nobody leaves files in a case in which they do not act
        entered.exhibits, wrong = attaching.taken(asked.request, asked.held.position, asked.actor, asked.at)
        entered.problems += wrong
    forms.missing_words(asked.act, entered)
    if entered.seen is None:
        said = _("This form does not say which case it was made from.")
        entered.problem("seen", said, _("the form of the case’s own page"))
    elif entered.seen != len(asked.held.acts) and asked.allowed():
        return _shown(asked, entered, "overtaken", CONFLICT)
    if asked.why_not():
        return _shown(asked, entered, "barred", _status(asked))
    if entered.problems or posted.get("do") == "edit":
        return _shown(asked, entered, "form", 400 if posted.get("do") != "edit" else 200)
    if posted.get("do") == "check":
        return _checked(asked, entered, meant)
    return _done(asked, entered, meant)


def _done(asked: _Asked, entered: Entered, meant: dict[str, Any]) -> HttpResponse:
    given = meant | {"evidence": attaching.as_said(entered.exhibits)}
    now = datetime.now(UTC)
    try:
        after = hearings.act(
            asked.held.position, asked.act, asked.actor, asked.at, now, seen=entered.seen, **given
        )  # fmt: skip
    except Overtaken:
        asked.held = hearings.hearing(asked.held.position)
        return _shown(asked, entered, "overtaken", CONFLICT)
    except (BadInput, NotPossible, NotAllowed) as error:
        return _refused(asked, entered, error)
    sent = sending.send(after, asked.at, asked.request.build_absolute_uri(f"/cases/{after.position}"))
    said = {"done": after.acts[-1].position} | {
        name: n for name, n in (("sent", sent.sent), ("failed", sent.failed)) if n
    }
    return HttpResponseRedirect(f"/cases/{after.position}?{urlencode(said)}", status=303)


def _refused(asked: _Asked, entered: Entered, error: GoodstandingError) -> HttpResponse:
    entered.problem(error.where or "text", error.message, error.remedy)
    return _shown(asked, entered, "form", status_of(error))


def _checked(asked: _Asked, entered: Entered, meant: dict[str, Any]) -> HttpResponse:
    """What will be sent, how the case goes on after it, and the letter that is written about it."""
    try:
        after = _after(asked, meant, entered)
    except NotPossible as error:
        return _refused(asked, entered, error)
    spans = page.stretches(after, asked.at)
    return _shown(asked, entered, "check", 200, [one for one in spans if one.state != "done"], _letter(after))


def _after(asked: _Asked, meant: dict[str, Any], entered: Entered) -> Hearing:
    """The case as it would be, had the act been done."""
    held, body = asked.held, meant | {"evidence": attaching.as_said(entered.exhibits)}
    if body.get("ends_on"):
        body["ends_on"] = body["ends_on"].isoformat()
    upheld, text = bool(meant.get("upheld", True)), str(meant.get("text", ""))
    done = Done(asked.act, asked.at, asked.actor.name, upheld, text, meant.get("ends_on"))
    heard = Heard(-1, datetime.now(UTC), asked.act, asked.at, asked.actor.name, asked.actor.scope, body)
    return replace(held, case=advance(held.case, done), acts=(*held.acts, heard))


def _letter(after: Hearing) -> Letter | None:
    """The letter that would be written, where one would."""
    if not letters.has_letter(after, after.acts[-1]):
        return None
    return write(letters.notice(after, after.acts[-1]))


def _shown(
    asked: _Asked, entered: Entered, stage: str, status: int, after: list[shapes.Stretch] | None = None,
    letter: Letter | None = None,
) -> HttpResponse:  # fmt: skip
    held = asked.held
    since = held.acts[entered.seen :] if stage == "overtaken" and entered.seen is not None else ()
    shape = shapes.ActPage(
        about=about(),
        head=page.head(held, asked.actor, asked.at),
        stage=stage,
        form=forms.form(held, asked.act, asked.actor, asked.at, entered),
        problems=entered.problems,
        meanwhile=history.acts(held, since),
        after=after or [],
        because=asked.why_not(),
    )
    return render_shape(asked.request, "case-act", shape, status, letter=letter, twin="")
