"""The only durable tables of this room: who has an account, and who opened what is not public."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goodstanding.access import Role

ROLES = [(role.value, role.value) for role in Role if role not in (Role.ANYBODY, Role.OPERATOR)]


class Account(models.Model):
    """A person's part in this register; `scope` is the subject they act for or the source they work for."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="account"
    )
    role = models.TextField(choices=ROLES)
    scope = models.TextField(blank=True, default="")

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
