"""How a register sends mail: its one setting, read into Django's."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from goodstanding.config import SETTINGS_FILE, RegisterSettings
from goodstanding.errors import RegisterError
from goodstanding.messages import Message, SettingsMessage

MAIL_BACK_ENDS = {"console": "console", "folder": "filebased", "smtp": "smtp", "smtps": "smtp"}
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"(?:[^@]*@)?(?:[\w.-]+|\[[0-9a-fA-F:]+\])(?::[0-9]{1,4}|:[1-5][0-9]{4})?")


def build_mail_settings(register: RegisterSettings) -> dict[str, Any]:
    """Django's EMAIL_ settings; `smtp` goes over STARTTLS but to this machine itself, `smtps` over TLS throughout."""
    parts = urlsplit(register.mail)
    if parts.scheme not in MAIL_BACK_ENDS or (parts.scheme.startswith("smtp") and not _HOST.fullmatch(parts.netloc)):
        raise RegisterError(Message(SettingsMessage.MAIL_WITHOUT_WAY), where=str(register.path(SETTINGS_FILE)))
    settings: dict[str, Any] = {
        "EMAIL_BACKEND": f"django.core.mail.backends.{MAIL_BACK_ENDS[parts.scheme]}.EmailBackend"
    }
    if parts.scheme == "folder":
        return settings | {"EMAIL_FILE_PATH": str(register.path(parts.path or "outbox"))}
    tls = parts.scheme == "smtps"
    return settings | {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if tls else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": tls,
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in LOCAL_HOSTS,
        "EMAIL_TIMEOUT": 30,
    }
