"""The web room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Accounts and look-ups are the only tables of this room."""

    name = "goodstanding.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Forgets who acts for a file when nothing of the file is left."""
        from goodstanding.register.erasure.hooks import add_purger

        add_purger("goodstanding.web.http.access_log.close_subject_accounts", ("web.Account", "web.Alert"))
