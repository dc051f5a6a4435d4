"""The only durable tables of this room: who has an account, who opened what is not public, and who wants alerts."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goodstanding.access import Role

ROLES = [(role.value, role.value) for role in Role if role not in (Role.ANYBODY, Role.OPERATOR)]


class Account(models.Model):
    """One part of a person in this register; `scope` is the subject they act for or the source they work for.

    A person may have several. What one of role subject may do rests on a mandate in the ledger, not on this row.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="accounts")
    role = models.TextField(choices=ROLES)
    scope = models.TextField(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role", "scope"], name="web_account_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.user} ({self.role} {self.scope})".replace(" )", ")")


class LookUp(models.Model):
    """An identified person opened the non-public part of a file (charter article 20); the subject sees it."""

    at = models.DateTimeField()
    name = models.TextField()
    role = models.TextField()
    scope = models.TextField()
    subject = models.TextField()
    opened = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["subject", "-at"], name="web_lookup_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.name}: {self.opened}"


class Alert(models.Model):
    """Somebody who acts for a subject wants an e-mail when something happens in its cases."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    subject = models.TextField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "subject"], name="web_alert_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.subject}"
