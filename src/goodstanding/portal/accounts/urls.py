"""The addresses of accounts: ours, then those of django-allauth, all under /account/ but for signing in and out."""

from __future__ import annotations

from allauth.mfa.base.views import authenticate
from allauth.mfa.webauthn.views import add_webauthn
from django.urls import include, path
from django.views.generic import RedirectView

from goodstanding.portal.accounts.claims.answer_views import download_claim_proof, show_claims_page
from goodstanding.portal.accounts.claims.claim_views import show_claim_page
from goodstanding.portal.accounts.claims.public_views import show_public_claim_page
from goodstanding.portal.accounts.openid_sign_in_views import (
    finish_provider_sign_in,
    show_no_provider,
    start_provider_sign_in,
)
from goodstanding.portal.accounts.representative_views import show_representatives_page
from goodstanding.portal.accounts.sign_in_views import (
    PasskeyReauthenticationView,
    PasskeySignInView,
    show_sign_in_page,
    show_sign_out_page,
)
from goodstanding.portal.accounts.views import show_account_page, show_roles_page
from goodstanding.web.http.pages import page_routes
from goodstanding.web.http.security_headers import allow_own_script

_KEYS = "account/2fa/webauthn"

urlpatterns = [
    *page_routes("sign-in", show_sign_in_page, "sign-in"),
    *page_routes("sign-out", show_sign_out_page, "sign-out"),
    *page_routes("account", show_account_page, "account"),
    *page_routes("account/roles", show_roles_page, "roles"),
    *page_routes("claim", show_public_claim_page, "public-claim"),
    *page_routes("account/claim", show_claim_page, "claim"),
    *page_routes("account/claims", show_claims_page, "claims"),
    path("account/claims/<int:number>/proof", download_claim_proof, name="claim-proof"),
    *page_routes("account/representatives", show_representatives_page, "representatives"),
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
