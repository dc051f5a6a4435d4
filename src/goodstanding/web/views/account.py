"""Somebody's own account: their parts in this register, and how they sign in."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.access import Actor, Role
from goodstanding.errors import GoodstandingError, MandateEnded, NotFound
from goodstanding.register import catalogues, file, mandates
from goodstanding.web import actors
from goodstanding.web.about import about
from goodstanding.web.models import Account
from goodstanding.web.personal import name_of, next_of, own, typed
from goodstanding.web.shapes import Link, Problem
from goodstanding.web.shapes import accounts as shapes

OFFICES = (Role.SOURCE, Role.DECIDER)


def build(request: HttpRequest) -> shapes.AccountPage:
    """Who is signed in, with which parts, and how."""
    keys = Authenticator.objects.filter(user=request.user)
    codes = next((one.wrap() for one in keys if one.type == Authenticator.Type.RECOVERY_CODES), None)
    return shapes.AccountPage(
        about=about(),
        name=name_of(request),
        email=request.user.email,
        parts=parts(request),
        passkeys=sum(one.type == Authenticator.Type.WEBAUTHN for one in keys),
        app=any(one.type == Authenticator.Type.TOTP for one in keys),
        recovery_codes=len(codes.get_unused_codes()) if codes else 0,
        outside=bool(config.current().identity),
        desks=list(_desks(actors.shown_actor(request))),
    )


view = own("account")(build)


def _desks(actor: Actor) -> Iterator[Link]:
    if actor.role in OFFICES and actor.scope:
        yield Link(title=_("Claims to act for a subject"), address="/account/claims")
        yield Link(title=_("Mandates that your office granted"), address="/account/representatives")
    if actor.role is Role.SUBJECT:
        yield Link(title=_("Your file"), address="/file")
        yield Link(title=_("Who acts for this subject"), address="/account/representatives")
    yield Link(title=_("Applications for a listing"), address="/applications")


def parts(request: HttpRequest) -> list[shapes.Part]:
    """The parts of whoever is signed in, with what each is for and whether it works today."""
    chosen = actors.chosen(request)
    return [_part(one, one == chosen) for one in actors.accounts_of(request)]


def _part(account: Account, chosen: bool) -> shapes.Part:
    actor, until, why_not = Actor(Role(account.role), account.scope, account.user.get_username()), None, None
    if actor.role is Role.SUBJECT:
        held = mandates.of_person(actor.name, actor.scope)
        until = max((one.last_day for one in held if one.holds(actors.today())), default=None)
        why_not = _why_not(actor)
    return shapes.Part(
        number=account.pk, role=actor.role.value, scope=actor.scope, title=title_of(actor.role, actor.scope),
        chosen=chosen, until=until, why_not=why_not,
    )  # fmt: skip


def _why_not(actor: Actor) -> str | None:
    try:
        actors.refuse_without_mandate(actor, actors.today())
    except MandateEnded as ended:
        return ended.message
    return None


def title_of(role: Role, scope: str) -> str:
    """The name of the subject or source that an identifier stands for; the identifier itself where nobody knows it."""
    if role is Role.SUBJECT:
        return subject_title(scope)
    sources = (one for held in catalogues.on_file().values() for one in held.catalogue.sources)
    return next((one.name for one in sources if one.id == scope), scope)


def subject_title(identifier: str) -> str:
    """The name of whoever holds an identifier; the identifier itself where nobody does any more."""
    try:
        return file.subject(file.whose(identifier)).name or identifier
    except GoodstandingError:
        return identifier


def _choose(request: HttpRequest) -> HttpResponse:
    number = typed(request, "part")
    held = {str(one.pk): one for one in actors.accounts_of(request)}
    if number and number not in held:
        raise NotFound(_("You have no such part."), where="part", remedy=_("one of those below"))
    request.session[actors.CHOSEN] = held[number].pk if number else actors.NONE
    return redirect(next_of(request, "/account"))


def build_roles(request: HttpRequest, problem: Problem | None = None) -> shapes.RolesPage:
    """The parts to choose from."""
    return shapes.RolesPage(
        about=about(), name=name_of(request), parts=parts(request), next=next_of(request, ""), problem=problem
    )


view_roles = own("roles", _choose)(build_roles)
