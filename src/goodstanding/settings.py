"""Django's settings, all of them derived from the register's own (`config`)."""

from __future__ import annotations

import os
from pathlib import Path

from goodstanding import config
from goodstanding.ledger.witness.witness_addresses import open_witnesses
from goodstanding.mail_settings import build_mail_settings
from goodstanding.portal.accounts.openid_providers import build_provider_settings
from goodstanding.proxy_settings import count_proxies, is_behind_tls, list_secure_origins

_register = config.get_current_register()

DATABASES = config.build_databases(_register)
DATABASE_ROUTERS = ["goodstanding.register.storage.database_router.ProjectionRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SECRET_KEY = _register.secret()
ALLOWED_HOSTS = list(_register.hosts)
_BEHIND_TLS = is_behind_tls(os.environ)  # a proxy ends HTTPS, and says with which scheme it was asked
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _BEHIND_TLS else None
CSRF_TRUSTED_ORIGINS = list_secure_origins(_register.hosts) if _BEHIND_TLS else []
DEBUG = os.environ.get("GOODSTANDING_DEBUG") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "goodstanding.ledger",
    "goodstanding.intake",
    "goodstanding.register.projection",
    "goodstanding.web",
    "goodstanding.portal",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "goodstanding.portal.accounts.apps.SignInsFromElsewhere",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "goodstanding.web.http.security_headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "goodstanding.web.http.request_bodies.RequestBodies",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "goodstanding.web.http.idle_session.IdleSession",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "goodstanding.web.http.request_cache.RequestCache",
    "goodstanding.portal.own_file.alerts.AlertMiddleware",
    "goodstanding.web.http.errors.ErrorResponses",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "goodstanding.urls"
WSGI_APPLICATION = "goodstanding.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "goodstanding.web.templatetags.formatting",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "goodstanding.web.http.layout.build_layout_context",
            ],
        },
    }
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "goodstanding.portal.accounts.account_names.OwnNameValidator"},
    {"NAME": "goodstanding.portal.accounts.account_names.VarietyValidator"},
]
CSRF_FAILURE_VIEW = "goodstanding.web.http.errors.handle_forbidden"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

AUTHENTICATION_BACKENDS = ["goodstanding.portal.accounts.account_names.SignInBackend"]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
ALLAUTH_TRUSTED_PROXY_COUNT = count_proxies(os.environ)  # else all count as one
ACCOUNT_ADAPTER = "goodstanding.portal.accounts.allauth_adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "goodstanding.portal.accounts.allauth_forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up; it says that one signs in with a password
ACCOUNT_EMAIL_VERIFICATION = "none"  # of those who sign up; an address that is added later is confirmed by its owner
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_CONFIRMATION_AUTHENTICATED_REDIRECT_URL = "/account/email/"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _BEHIND_TLS else "http"
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "10/900s/key,100/900s/ip",  # of a name from an address, and of an address
    "login_failed_anywhere": "50/3600s/key",  # of a name from all addresses; after these an address has fewer tries,
    "login_failed_slowed": "1/900s/key",  # but never none: whoever guesses elsewhere does not lock the owner out
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # of 300, as Django has it, many addresses would push the counts out
    }
}
MFA_ADAPTER = "goodstanding.portal.accounts.allauth_adapters.SecondStepAdapter"
MFA_FORMS = {
    "add_webauthn": "goodstanding.portal.accounts.allauth_forms.PasskeyRegistrationForm",
    "authenticate_webauthn": "goodstanding.portal.accounts.allauth_forms.PasskeySecondStepForm",
    "login_webauthn": "goodstanding.portal.accounts.allauth_forms.PasskeySignInForm",
    "reauthenticate_webauthn": "goodstanding.portal.accounts.allauth_forms.PasskeyConfirmationForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_ADAPTER = "goodstanding.portal.accounts.allauth_adapters.IdentityProviderAdapter"
SOCIALACCOUNT_PROVIDERS = build_provider_settings(_register.identity)

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [str(Path(__file__).parent / "locale")]  # of `messages` too; `make words` gathers what to translate
TIME_ZONE = "UTC"
USE_I18N = USE_TZ = True

globals().update(_mail := build_mail_settings(_register))  # EMAIL_BACKEND and what belongs to it
if "EMAIL_FILE_PATH" in _mail:
    Path(_mail["EMAIL_FILE_PATH"]).mkdir(parents=True, exist_ok=True, mode=0o700)  # Django would let everybody read it
open_witnesses(_register.witnesses)  # none that nobody can reach is left standing in the settings
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _register.mail_from

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 43_200  # `idle_session` ends most sooner
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
LOGGING_CONFIG = None
