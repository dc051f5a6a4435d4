"""Django's settings, all of them derived from the register's own (`config`)."""

from __future__ import annotations

import os
from pathlib import Path

from goodstanding import config

_register = config.current()

DATABASES = config.databases(_register)
DATABASE_ROUTERS = ["goodstanding.register.routing.ProjectionRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SECRET_KEY = _register.secret()
ALLOWED_HOSTS = list(_register.hosts)
DEBUG = os.environ.get("GOODSTANDING_DEBUG") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "goodstanding.ledger",
    "goodstanding.register",
    "goodstanding.register.projection",
    "goodstanding.web",
]
MIDDLEWARE = [
    "goodstanding.web.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "goodstanding.web.problems.Problems",
]
ROOT_URLCONF = "goodstanding.web.urls"
WSGI_APPLICATION = "goodstanding.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "goodstanding.web.templatetags.saying",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "goodstanding.web.context.register",
            ],
        },
    }
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "goodstanding.web.problems.forbidden"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [str(Path(__file__).parent / "web" / "locale")]
TIME_ZONE = "UTC"
USE_I18N = USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("GOODSTANDING_HTTPS") == "1"
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
LOGGING_CONFIG = None
