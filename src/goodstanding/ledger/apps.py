"""The ledger as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Events, tiles and checkpoints, in the database that is never rebuilt."""

    name = "goodstanding.ledger"
    label = "ledger"
    verbose_name = "ledger"
