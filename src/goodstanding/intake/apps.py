"""The intake as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Quarantine and submissions; their tables and migrations bear the label they were first made under."""

    name = "goodstanding.intake"
    label = "register"

    def ready(self) -> None:
        """Clears what waits, and the answers that sources got, of what is erased."""
        from goodstanding.register.erasure.hooks import add_purger

        path = "goodstanding.intake.quarantine.erased_records.purge_erased_records"
        add_purger(path, ("register.Quarantined", "register.Sending"))
