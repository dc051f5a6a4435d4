"""The sources that this register admitted by events, and what became of sources: for anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from goodstanding.access import Role
from goodstanding.catalogue.primitives import AdmittedSource
from goodstanding.procedure.authority_tree import AuthorityTree
from goodstanding.register.rules.authorities import list_authority_changes, load_authority_tree
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.register.rules.source_admissions import list_admitted_sources
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.web.about.schemas import AdmittedSourceLine, AdmittingCatalogue, SuccessionLine
from goodstanding.web.wording.role_titles import get_scope_title
from goodstanding.web.wording.rule_terms import speak_word


def present_admitted_sources() -> Iterator[AdmittingCatalogue]:
    """The catalogues that let sources be admitted, with those that were, by name."""
    tree = load_authority_tree()
    for name, enacted in list_enacted().items():
        admitted = list_admitted_sources(name)
        if admitted or enacted.catalogue.admissions:
            lines = sorted((_present_source(source, tree) for source in admitted), key=lambda line: line.name)
            yield AdmittingCatalogue(name=name, title=enacted.catalogue.title, sources=lines)


def _present_source(source: AdmittedSource, tree: AuthorityTree) -> AdmittedSourceLine:
    now = tree.now(source.id)
    return AdmittedSourceLine(
        id=source.id, name=source.name, kind=source.kind, kind_title=speak_word(source.kind),
        region=source.region, basis=source.basis,
        first_day=source.first_day, last_day=source.last_day, position=source.position,
        successor=now if now != source.id else None,
    )  # fmt: skip


def present_successions() -> list[SuccessionLine]:
    """The sources that were merged or renumbered, the newest first."""
    return [
        SuccessionLine(
            office=change["office"],
            office_name=get_scope_title(Role.SOURCE, change["office"]),
            into=change["into"],
            into_name=get_scope_title(Role.SOURCE, change["into"]),
            renumbered=change["kind"] == EventKind.AUTHORITY_RENUMBERED,
            day=date.fromisoformat(change["day"]),
            basis=change.get("basis", ""),
        )
        for change in reversed(list_authority_changes())
    ]
