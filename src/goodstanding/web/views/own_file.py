"""A subject's own file: all that is held about it at any moment, for those who act for it, and for nobody else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodstanding.access import Action, Actor, Resource, may
from goodstanding.errors import NotAllowed
from goodstanding.register import file, project, replies
from goodstanding.register.file import Effect, Record, Subject
from goodstanding.register.hearings import Hearing
from goodstanding.register.moment import Moment
from goodstanding.web import actors, asking, facts
from goodstanding.web.own_file import alerts, cases, entries, everything, looks
from goodstanding.web.paging import paging
from goodstanding.web.personal import own
from goodstanding.web.shapes import own_file as shapes
from goodstanding.web.shapes.subjects import SubjectPage
from goodstanding.web.views import subjects

ZIP = "application/zip"
DONE = ("disputed", "repair", "replied", "retracted", "alerts-on", "alerts-off")


def now() -> datetime:
    """The present instant, for the ledger."""
    return datetime.now(UTC)


def holder(request: HttpRequest) -> tuple[Actor, Subject]:
    """Whoever acts for a subject, and the subject; raises NotAllowed for everybody else."""
    actor = actors.actor_of(request)
    who = file.subject(file.whose(actor.scope)) if actor.role == "subject" else None
    resource = Resource(who.kind, frozenset(who.identifiers)) if who else Resource()
    allowed = may(actor, Action.HOLD_FILE, resource)
    if who is None or not allowed.allowed:
        raise NotAllowed(_("This is a subject’s own file."), remedy=allowed.because)
    return actor, who


def build(request: HttpRequest) -> shapes.OwnFilePage:
    """Everything that is held about the subject at the moment asked about; the look itself is noted."""
    actor, who = holder(request)
    base, moment = subjects.build(request, who.identifier), asking.moment_of(request)
    at, size = moment.at or moment.today, base.known if base.known is not None else base.about.ledger_size
    heard, known = cases.of_subject(who, at, size), file.records_of(who.id)
    effects = file.effects_of(who.id, known, moment)
    going, over = cases.parted(heard, actor, at, _listed(effects, at))
    letters = cases.inbox(heard)
    number, found = asking.page_number(request), looks.of_others(who.identifiers)
    shown = found[(number - 1) * looks.PER_PAGE : number * looks.PER_PAGE]
    seen = looks.lines(shown, looks.known(who.identifiers, heard, _stated(known)))
    return shapes.OwnFilePage(
        **{name: value for name, value in base if name not in ("listings", "grades", "records", "look_ups", "because")},
        because=_("What is held about you is open to you, whole, at every moment (charter article 19)."),
        look_ups=None,
        person=actor.name,
        headline=cases.headline(going, heard, at),
        listings=_listings(base, effects, heard, known, at),
        grades=entries.grades(base.grades),
        records=entries.records(base.records, {one.position: one for one in known}, heard, at),
        open_cases=going,
        ended_cases=over,
        inbox=letters,
        unread=sum(one.unread for one in letters),
        looks=seen,
        unusual=sum(bool(one.unusual) for one in seen),
        own_looks=looks.own(who.identifiers),
        paging=paging(number, looks.PER_PAGE, found.count(), len(seen)),
        replies=entries.own_replies([one.position for one in known], _public(effects if moment.is_now else None, who)),
        alerts=alerts.wished(request.user, actor.scope),
        email=str(request.user.email),
        done=next((one for one in DONE if one == request.GET.get("done")), ""),
    )


view = own("own-file")(build)


def _listings(
    base: SubjectPage, effects: Sequence[Effect], heard: Sequence[Hearing], known: Sequence[Record], at: date
) -> list[shapes.OwnListing]:
    held = [one for one in effects if one.holds and one.kind == "listing"]
    return entries.listings(base.listings, held, {one.position: one for one in known}, heard, at)


def _listed(effects: Sequence[Effect], at: date) -> set[int]:
    """The records that listings rest on which are in force on a day, whichever day their catalogue opens at."""
    held = (replace(one, day=at) for one in effects if one.kind == "listing")
    return {position for one in held if one.holds for position in one.because}


def _public(effects: Sequence[Effect] | None, who: Subject) -> set[int]:
    """The records that entries rest on which anybody reads today; of another moment today's are read anew."""
    if effects is None:
        effects = file.effects_of(who.id, file.records_of(who.id), Moment(actors.today()))
    return {position for one in effects if one.holds and replies.is_entry(one) for position in one.because}


def _stated(known: Sequence[Record]) -> Mapping[str, Collection[date]]:
    """The days on which each source's records came in."""
    stamped, found = facts.stamps(one.position for one in known), dict[str, list[date]]()
    for one in known:
        if stamp := stamped.get(one.position):
            found.setdefault(one.source, []).append(stamp.recorded_at.date())
    return found


@require_safe
def download(request: HttpRequest) -> FileResponse:
    """Everything that is held about the subject, as one ZIP, for those who act for it."""
    actor, who = holder(request)
    project.catch_up()
    made = everything.pack(who, actor, actors.today())
    actors.log_look_up(actor, who.identifier, request.path)
    return FileResponse(made, as_attachment=True, filename=f"{everything.stem(who)}.zip", content_type=ZIP)
