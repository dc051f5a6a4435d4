"""Somebody's own account: their roles in this register, and how they sign in."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.access import Actor, Role
from goodstanding.errors import MandateEnded, MandateWaits, NotFound
from goodstanding.portal.accounts.schemas import AccountPage, RoleLine, RolesPage
from goodstanding.register.cases.mandates import list_mandates_of_person
from goodstanding.web.http import clock
from goodstanding.web.http.actors import (
    CHOSEN_ACCOUNT_KEY,
    NO_ACCOUNT,
    find_chosen_account,
    get_actor_or_anybody,
    list_own_accounts,
    refuse_if_without_mandate,
)
from goodstanding.web.http.errors import present_error
from goodstanding.web.http.layout import find_own_address
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.http.signed_in_pages import get_next_address, get_user_name, make_signed_in_view, read_posted_text
from goodstanding.web.models import Account
from goodstanding.web.schemas.page_frame import PageLink, ProblemSchema
from goodstanding.web.wording.role_titles import get_scope_title

OFFICE_ROLES = (Role.SOURCE, Role.DECIDER, Role.APPEAL)


def build_account_page(request: HttpRequest) -> AccountPage:
    """Who is signed in, with which parts, and how."""
    authenticators = Authenticator.objects.filter(user=request.user)
    codes = next(
        (
            authenticator.wrap()
            for authenticator in authenticators
            if authenticator.type == Authenticator.Type.RECOVERY_CODES
        ),
        None,
    )
    return AccountPage(
        about=describe_register(),
        name=get_user_name(request),
        email=request.user.email,
        parts=present_roles(request),
        passkeys=sum(authenticator.type == Authenticator.Type.WEBAUTHN for authenticator in authenticators),
        app=any(authenticator.type == Authenticator.Type.TOTP for authenticator in authenticators),
        recovery_codes=len(codes.get_unused_codes()) if codes else 0,
        outside=bool(config.get_current_register().identity),
        desks=list(_list_desk_links(get_actor_or_anybody(request))),
    )


show_account_page = make_signed_in_view("portal/accounts/account.html")(build_account_page)


def _list_desk_links(actor: Actor) -> Iterator[PageLink]:
    if actor.role is Role.OVERSEER or (actor.role is Role.APPEAL and actor.scope):
        yield PageLink(title=_("Claims to act for a subject"), address=reverse("claims"))
    if actor.role is Role.OVERSEER:
        yield PageLink(title=_("Which sources there are"), address=reverse("source-changes"))
    if actor.role is Role.OVERSEER or (actor.role in OFFICE_ROLES and actor.scope):
        yield PageLink(title=_("Mandates that your office granted"), address=reverse("representatives"))
    if actor.role is Role.SUBJECT:
        yield PageLink(title=_("Your file"), address=reverse("own-file"))
        yield PageLink(title=_("Who acts for this subject"), address=reverse("representatives"))
    yield PageLink(title=_("Applications for a listing"), address=reverse("applications"))


def present_roles(request: HttpRequest) -> list[RoleLine]:
    """The parts of whoever is signed in, with what each is for and whether it works today."""
    chosen = find_chosen_account(request)
    return [_present_role(account, account == chosen) for account in list_own_accounts(request)]


def _present_role(account: Account, chosen: bool) -> RoleLine:
    actor, until = Actor(Role(account.role), account.scope, account.user.get_username()), None
    ended = _find_missing_mandate(actor)
    if actor.role is Role.SUBJECT:
        granted_mandates = list_mandates_of_person(actor.name, actor.scope)
        until = max(
            (mandate.last_day for mandate in granted_mandates if mandate.holds(clock.get_today())), default=None
        )
    return RoleLine(
        number=account.pk, role=actor.role.value, scope=actor.scope, title=get_scope_title(actor.role, actor.scope),
        chosen=chosen, until=until, why_not=present_error(ended).message if ended else None,
        waits=isinstance(ended, MandateWaits),
    )  # fmt: skip


def _find_missing_mandate(actor: Actor) -> MandateEnded | None:
    try:
        refuse_if_without_mandate(actor, clock.get_today())
    except MandateEnded as ended:
        return ended
    return None


def _choose_role(request: HttpRequest) -> HttpResponse:
    number = read_posted_text(request, "part")
    accounts = {str(account.pk): account for account in list_own_accounts(request)}
    if number and number not in accounts:
        raise NotFound(_("You have no such part."), where="part", remedy=_("one of those below"))
    request.session[CHOSEN_ACCOUNT_KEY] = accounts[number].pk if number else NO_ACCOUNT
    own_address = find_own_address(Role(accounts[number].role)) if number else None
    return redirect(get_next_address(request, own_address or reverse("account")))


def build_roles_page(request: HttpRequest, problem: ProblemSchema | None = None) -> RolesPage:
    """The parts to choose from."""
    return RolesPage(
        about=describe_register(),
        name=get_user_name(request),
        parts=present_roles(request),
        next=get_next_address(request, ""),
        problem=problem,
    )


show_roles_page = make_signed_in_view("portal/accounts/roles.html", _choose_role)(build_roles_page)
