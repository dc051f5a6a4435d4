"""The addresses of django-allauth: all under /account/, those of signing in and out where they always were."""

from __future__ import annotations

from allauth.mfa.base.views import authenticate
from allauth.mfa.webauthn.views import add_webauthn
from django.urls import include, path
from django.views.generic import RedirectView

from goodstanding.portal.accounts.identity_provider_views import (
    finish_provider_sign_in,
    show_no_provider,
    start_provider_sign_in,
)
from goodstanding.portal.accounts.sign_in_views import (
    PasskeyReauthenticationView,
    PasskeySignInView,
    show_sign_in_page,
    show_sign_out_page,
)
from goodstanding.web.http.security_headers import allow_own_script

_KEYS = "account/2fa/webauthn"

urlpatterns = [
    path("account/login/", RedirectView.as_view(pattern_name="sign-in", query_string=True)),
    path("account/logout/", RedirectView.as_view(pattern_name="sign-out")),
    path("account/2fa/authenticate/", allow_own_script(authenticate), name="mfa_authenticate"),
    path(f"{_KEYS}/login/", allow_own_script(PasskeySignInView.as_view()), name="mfa_login_webauthn"),
    path(f"{_KEYS}/add/", allow_own_script(add_webauthn), name="mfa_add_webauthn"),
    path(
        f"{_KEYS}/reauthenticate/",
        allow_own_script(PasskeyReauthenticationView.as_view()),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/oidc/<slug:provider_id>/login/", start_provider_sign_in, name="openid_connect_login"),
    path(
        "account/oidc/<slug:provider_id>/login/callback/",
        finish_provider_sign_in,
        name="openid_connect_callback",
    ),
    path("account/oidc/<path:nowhere>", show_no_provider),
    path("account/", include("allauth.urls")),
    path("sign-in", show_sign_in_page, name="account_login"),
    path("sign-out", show_sign_out_page, name="account_logout"),
]
