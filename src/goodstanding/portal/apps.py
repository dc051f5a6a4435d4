"""The portal as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """No tables of its own; its templates stand beside its pages."""

    name = "goodstanding.portal"
    label = "portal"
