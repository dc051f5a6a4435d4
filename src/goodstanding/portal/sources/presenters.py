"""How pages speak of changes of sources, and of the sources for which rows wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.access import Role
from goodstanding.catalogue import Catalogue
from goodstanding.intake.quarantine.source_backlog import UnadmittedSource, list_unadmitted_sources
from goodstanding.portal.sources.schemas import AdmissionLineSchema, SourceBacklog, SourceChangeSchema
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.register.rules.source_changes import ProposedChange
from goodstanding.register.rules.source_checks import SourceAct, SourceChange
from goodstanding.web.wording.role_titles import get_scope_title
from goodstanding.web.wording.rule_terms import speak_word


def present_change(proposed: ProposedChange, reader: str) -> SourceChangeSchema:
    """A change that was proposed, whole."""
    change = proposed.change
    return SourceChangeSchema(
        position=proposed.position,
        act=change.act.value,
        title=describe_change(change),
        catalogue=change.catalogue,
        sources=[
            AdmissionLineSchema(**msgspec.structs.asdict(line), kind_title=speak_word(line.kind))
            for line in change.sources
        ],
        office=change.office,
        office_name=get_scope_title(Role.SOURCE, change.office),
        into=change.into,
        into_name=get_scope_title(Role.SOURCE, change.into),
        day=change.day,
        basis=change.basis,
        by=proposed.by,
        proposed_on=proposed.proposed_on,
        settled_at=proposed.settled_at,
        signed_by=proposed.signed_by,
        declined=proposed.declined,
        own=proposed.by == reader,
    )


def present_checked_change(change: SourceChange, by: str, day: date) -> SourceChangeSchema:
    """The same for one that is about to be proposed."""
    return present_change(ProposedChange(-1, change, by, day), by)


def describe_change(change: SourceChange) -> str:
    """What is done, in a line."""
    name = get_scope_title(Role.SOURCE, change.office)
    if change.act is SourceAct.ADMIT:
        number = len(change.sources)
        return ngettext("Admit %(n)s source", "Admit %(n)s sources", number) % {"n": number}
    if change.act is SourceAct.END:
        return _("End %(name)s") % {"name": name}
    if change.act is SourceAct.MERGE:
        return _("Merge %(name)s into %(into)s") % {"name": name, "into": get_scope_title(Role.SOURCE, change.into)}
    return _("Give %(name)s the number %(into)s") % {"name": name, "into": change.into}


def list_backlogs() -> Iterator[SourceBacklog]:
    """The catalogues for whose unknown sources rows wait, and how many."""
    for enacted in list_enacted().values():
        rules = enacted.catalogue
        if rules.admissions and (waiting := list_unadmitted_sources(rules)):
            yield _present_backlog(rules, waiting)


def _present_backlog(rules: Catalogue, waiting: list[UnadmittedSource]) -> SourceBacklog:
    return SourceBacklog(
        catalogue=rules.name,
        title=rules.title,
        sources=len(waiting),
        rows=sum(source.rows for source in waiting),
        table=reverse("source-backlog", args=[rules.name]),
        admit=f"{reverse('source-change-new', args=[SourceAct.ADMIT.value])}?{urlencode({'catalogue': rules.name})}",
    )
