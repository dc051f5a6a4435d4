"""Which kinds of agent a type of record can be about."""

from __future__ import annotations

from goodstanding.catalogue.model import Catalogue
from goodstanding.lab.acts import AgentKind

_PERSONS, _FIRMS = {"person"}, {"organisation", "establishment"}


def list_concerned_agents(
    catalogue: Catalogue, record: str, who: tuple[AgentKind, ...] = ("person", "firm")
) -> tuple[AgentKind, ...]:
    """Those of these kinds of agent whom a type of record can concern; a firm is an organisation."""
    subjects = set(catalogue.concerned(record))
    permitted = {"person": bool(subjects & _PERSONS), "firm": bool(subjects & _FIRMS)}
    return tuple(kind for kind in who if permitted[kind])
