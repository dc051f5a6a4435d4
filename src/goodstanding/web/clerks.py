"""Clerks of a source: who may state records for it, and how its types of record and feeds are named to them."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodstanding.access import Action, Actor, Resource, may
from goodstanding.errors import NotAllowed
from goodstanding.register import catalogues, stating, words
from goodstanding.register.stating import Way
from goodstanding.web import actors, facts
from goodstanding.web.shapes.stating import FeedLine, TypeLine


def clerk_of(request: HttpRequest, source: str) -> Actor:
    """Whoever is signed in as a clerk of the source; raises NotAllowed for everybody else."""
    actor = actors.actor_of(request)
    allowed = may(actor, Action.STATE_RECORDS, Resource(sources=frozenset({source})))
    if not allowed.allowed:
        raise NotAllowed(_("Only a clerk of this source states its records."), remedy=allowed.because)
    return actor


def source_name(source: str) -> str:
    """How the catalogues in force call a source; its id where none knows it."""
    known = {one.id: one.name for held in catalogues.on_file().values() for one in held.catalogue.sources}
    return known.get(source, source)


def types(source: str) -> list[TypeLine]:
    """The types of record that a source may state by a form."""
    return [type_line(one) for one in stating.ways(source) if not one.declared]


def type_line(one: Way) -> TypeLine:
    """A type of record as a clerk chooses it."""
    return TypeLine(
        of=one.name if not one.declared else f"{one.catalogue.name}/{one.feed.record}",
        title=one.record.title,
        says=one.record.says,
        reason=facts.reason(words.law(one.catalogue, one.record)),
        catalogue=one.catalogue.name,
        catalogue_title=one.catalogue.title,
    )


def feed_line(one: Way) -> FeedLine:
    """A feed as a clerk chooses it, with the columns that a row may and must have."""
    needed = one.feed.needed() if one.declared else ("reference", "subject.identifiers", "subject.name", "occurred")
    return FeedLine(
        name=one.name,
        title=one.feed.title,
        declared=one.declared,
        catalogue_title=one.catalogue.title,
        columns=list(one.columns),
        needed=list(needed),
    )
