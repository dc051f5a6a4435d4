"""Signing in by an identity provider: a page that says where one is led, and that leads there."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter, callback, login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from requests import RequestException

from goodstanding.web.http.errors import render_problem
from goodstanding.web.http.security_headers import POLICY_HEADER, build_form_policy
from goodstanding.web.schemas.page_frame import ProblemSchema

log = logging.getLogger("goodstanding.web")


def start_provider_sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Says where one is led; leads there when told."""
    try:
        to = OpenIDConnectOAuth2Adapter(request, provider_id).authorize_url
        response = login(request, provider_id)
    except SocialApp.DoesNotExist as missing:
        raise Http404 from missing
    except (RequestException, KeyError, ValueError) as error:
        return _show_unreachable_provider(request, provider_id, error)
    parts = urlsplit(to)
    response.headers[POLICY_HEADER] = build_form_policy(f"{parts.scheme}://{parts.netloc}")
    return response


def finish_provider_sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """What the provider said: signs in whoever connected that sign-in to an account here."""
    try:
        return callback(request, provider_id)
    except (RequestException, KeyError, ValueError) as error:
        return _show_unreachable_provider(request, provider_id, error)


def show_no_provider(request: HttpRequest, nowhere: str) -> HttpResponse:
    """The answer where no identity provider can have that name."""
    raise Http404


def _show_unreachable_provider(request: HttpRequest, provider_id: str, error: Exception) -> HttpResponse:
    log.error("identity provider %s: %s", provider_id, error)
    name = get_adapter().get_app(request, provider=provider_id).name
    message = _("%(name)s does not answer as it should. Nobody was signed in.") % {"name": name}
    return render_problem(
        request,
        ProblemSchema(
            code="identity",
            message=message,
            remedy=_("sign in with your password: %(address)s") % {"address": reverse("sign-in")},
        ),
        502,
    )
