"""The kinds of events that the register writes."""

from __future__ import annotations

SOURCE_KEY_KINDS = ("KeyAdded", "KeyRotated", "KeyRevoked")
