"""What `serve` runs, but that passwords are hashed quickly."""

from __future__ import annotations

from tests.passwords import hash_quickly

hash_quickly()

from goodstanding.asgi import application  # noqa: E402 its settings are read once

__all__ = ["application"]
