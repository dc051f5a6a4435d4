"""The kinds of subject: a closed set."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

Kind: TypeAlias = Literal["organisation", "establishment", "authority", "person"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""An organisation; premises; a public authority; a person, whom only court lists may name."""

PUBLISHED_KINDS: Final[frozenset[Kind]] = frozenset(KINDS) - {"person"}
"""Kinds whose files the public may see; nothing about a person is ever published."""
