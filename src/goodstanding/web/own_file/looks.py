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
from goodstanding.procedure.hearing import Phase
from goodstanding.procedure.offices import Offices
from goodstanding.register.authorities import offices
from goodstanding.register.hearings import Hearing
from goodstanding.web.models import LookUp
from goodstanding.web.own_file.cases import is_over
from goodstanding.web.shapes import own_file as shapes
from goodstanding.web.views.account import title_of

PER_PAGE, OWN_SHOWN, MANY = 50, 20, 20
STATING = timedelta(days=30)
_HEARD = (Phase.APPEALED, Phase.APPEALED_BINDING, Phase.REFUSAL_APPEALED, Phase.INTERIM)


@dataclass(frozen=True)
class Known:
    """What tells whether a look is usual: cases, the days on which sources sent records, and who opened much when."""

    cases: Sequence[Hearing]
    stated: Mapping[str, Collection[date]]
    many: Mapping[tuple[str, date], int]
    tree: Offices


def of_others(identifiers: Collection[str]) -> Any:
    """The looks of everybody but those who act for the subject, newest first, as a query."""
    found = LookUp.objects.filter(subject__in=identifiers).exclude(role=Role.SUBJECT, scope__in=identifiers)
    return found.order_by("-at", "-pk")


def own(identifiers: Collection[str]) -> list[shapes.Look]:
    """The last looks of those who act for the subject."""
    found = LookUp.objects.filter(subject__in=identifiers, role=Role.SUBJECT, scope__in=identifiers)
    return [_line(one, "", "") for one in found.order_by("-at", "-pk")[:OWN_SHOWN]]


def known(identifiers: Collection[str], cases: Sequence[Hearing], stated: Mapping[str, Collection[date]]) -> Known:
    """What is needed to tell unusual looks from others."""
    by_day = LookUp.objects.filter(subject__in=identifiers).annotate(day=TruncDate("at"))
    counted = by_day.values("name", "day").annotate(n=Count("pk")).filter(n__gt=MANY).order_by()
    many = {(one["name"], one["day"]): one["n"] for one in counted}
    return Known(cases, stated, many, offices())


def lines(looks: Iterable[LookUp], what: Known) -> list[shapes.Look]:
    """Looks as the subject reads them, each with what is unusual about it."""
    held = list(looks)
    offices_by = {(one.role, one.scope) for one in held if one.scope}
    names = {(role, scope): title_of(Role(role), scope) for role, scope in offices_by}
    return [_line(one, names.get((one.role, one.scope), ""), unusual(one, what)) for one in held]


def _line(one: LookUp, office: str, said: str) -> shapes.Look:
    return shapes.Look(at=one.at, name=one.name, role=one.role, office_name=office, opened=one.opened, unusual=said)


def unusual(one: LookUp, what: Known) -> str:
    """What is unusual about a look, in a sentence; nothing where it is usual."""
    day = one.at.date()
    said = []
    if one.scope and not _had_to_do(one, day, what):
        said.append(_("No case of this office was open that day."))
    if n := what.many.get((one.name, day)):
        said.append(_("Opened something here %(n)s times that day.") % {"n": n})
    return " ".join(said)


def _had_to_do(one: LookUp, day: date, what: Known) -> bool:
    """Whether an office had a case to work on that day, or a record to state about then."""
    if one.role == Role.APPEAL:
        return any(_heard(case, day) for case in what.cases if what.tree.apart(case.source, one.scope))
    own_office = what.tree.now(one.scope)
    if any(what.tree.now(case.source) == own_office and not is_over(case, day) for case in what.cases):
        return True
    days = [each for source, sent in what.stated.items() if what.tree.now(source) == own_office for each in sent]
    return any(abs(day - each) <= STATING for each in days)


def _heard(case: Hearing, day: date) -> bool:
    span = case.span(day)
    return span is not None and span.phase in _HEARD
