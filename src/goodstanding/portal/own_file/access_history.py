"""Who looked at a subject's file, and which of that is unusual: read where no case was open, or again and again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from goodstanding.access import Role
from goodstanding.portal.own_file.schemas import AccessLogLine
from goodstanding.procedure.authority_tree import AuthorityTree
from goodstanding.procedure.case_states import Phase
from goodstanding.procedure.local_days import compute_local_day
from goodstanding.register.cases.case_file import CaseFile
from goodstanding.register.rules.authorities import load_authority_tree
from goodstanding.register.rules.enacted_catalogues import EnactedCatalogue, list_on_file
from goodstanding.web.models import LookUp
from goodstanding.web.subjects.open_cases import is_case_over
from goodstanding.web.wording.role_titles import get_scope_title

PER_PAGE, OWN_SHOWN, MANY_A_DAY = 50, 20, 20
STATING_SPAN = timedelta(days=30)
_HEARD = (Phase.APPEALED, Phase.APPEALED_BINDING, Phase.REFUSAL_APPEALED, Phase.INTERIM)


@dataclass(frozen=True)
class AccessContext:
    """What tells whether a look is usual: cases, the days on which sources sent records, and who opened much when."""

    cases: Sequence[CaseFile]
    stated: Mapping[str, Collection[date]]
    many: Mapping[tuple[str, date], int]
    tree: AuthorityTree
    rules: Mapping[str, EnactedCatalogue]

    def compute_day(self, look_up: LookUp, case: CaseFile) -> date:
        """The day of a look where a case is heard."""
        return compute_local_day(look_up.at, self.rules[case.catalogue].catalogue)


def query_others_look_ups(identifiers: Collection[str]) -> Any:
    """The looks of everybody but those who act for the subject, newest first, as a query."""
    look_ups = LookUp.objects.filter(subject__in=identifiers).exclude(role=Role.SUBJECT, scope__in=identifiers)
    return look_ups.order_by("-at", "-pk")


def list_own_look_ups(identifiers: Collection[str]) -> list[AccessLogLine]:
    """The last looks of those who act for the subject."""
    look_ups = LookUp.objects.filter(subject__in=identifiers, role=Role.SUBJECT, scope__in=identifiers)
    return [_present_look_up(look_up, "", "") for look_up in look_ups.order_by("-at", "-pk")[:OWN_SHOWN]]


def load_access_context(
    identifiers: Collection[str], cases: Sequence[CaseFile], stated: Mapping[str, Collection[date]]
) -> AccessContext:
    """What is needed to tell unusual looks from others."""
    by_day = LookUp.objects.filter(subject__in=identifiers).annotate(day=TruncDate("at"))
    counted = by_day.values("name", "day").annotate(n=Count("pk")).filter(n__gt=MANY_A_DAY).order_by()
    many = {(row["name"], row["day"]): row["n"] for row in counted}
    return AccessContext(cases, stated, many, load_authority_tree(), list_on_file())


def present_look_ups(look_ups: Iterable[LookUp], context: AccessContext) -> list[AccessLogLine]:
    """Looks as the subject reads them, each with what is unusual about it."""
    log_entries = list(look_ups)
    offices_by = {(log_entry.role, log_entry.scope) for log_entry in log_entries if log_entry.scope}
    names = {(role, scope): get_scope_title(Role(role), scope) for role, scope in offices_by}
    return [
        _present_look_up(
            log_entry, names.get((log_entry.role, log_entry.scope), ""), explain_unusual_look_up(log_entry, context)
        )
        for log_entry in log_entries
    ]


def _present_look_up(look_up: LookUp, office: str, remarks: str) -> AccessLogLine:
    return AccessLogLine(
        at=look_up.at, name=look_up.name, role=look_up.role, office_name=office, opened=look_up.opened, unusual=remarks
    )


def explain_unusual_look_up(look_up: LookUp, context: AccessContext) -> str:
    """What is unusual about a look, in a sentence; nothing where it is usual."""
    day = look_up.at.date()
    remarks = []
    if look_up.scope and not _is_office_involved(look_up, day, context):
        remarks.append(_("No case of this office was open that day."))
    if n := context.many.get((look_up.name, day)):
        remarks.append(_("Opened something here %(n)s times that day.") % {"n": n})
    return " ".join(remarks)


def _is_office_involved(look_up: LookUp, day: date, context: AccessContext) -> bool:
    """Whether an office had a case to work on that day, or a record to state about then."""
    if look_up.role == Role.APPEAL:
        return any(
            _is_heard_by_body(case, context.compute_day(look_up, case))
            for case in context.cases
            if context.tree.apart(case.source, look_up.scope)
        )
    own_office = context.tree.now(look_up.scope)
    own_cases = [case for case in context.cases if context.tree.now(case.source) == own_office]
    if any(not is_case_over(case, context.compute_day(look_up, case)) for case in own_cases):
        return True
    days = [
        sent_day
        for source, sent in context.stated.items()
        if context.tree.now(source) == own_office
        for sent_day in sent
    ]
    return any(abs(day - sent_day) <= STATING_SPAN for sent_day in days)


def _is_heard_by_body(case: CaseFile, day: date) -> bool:
    span = case.span(day)
    return span is not None and span.phase in _HEARD
