"""How long each step of a hearing may take, and how long what is decided binds at most."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from goodstanding.catalogue.model import Catalogue, Hand, Procedure, Term
from goodstanding.catalogue.periods import Period
from goodstanding.procedure.advance import length
from goodstanding.procedure.calendars import EVERY_DAY, Calendar, Limit, Party, deadline


@dataclass(frozen=True, slots=True)
class Terms:
    """Limits as a catalogue's procedure sets them; where it sets none, these, which are this register's own.

    `stays` is None where a listing ends only with its case, by performance, repair or a decision.
    """

    notice: Limit = Limit(30)
    reply: Limit = Limit(10)
    decision: Limit = Limit(30)
    service: Limit = Limit(15)
    appeal: Limit = Limit(30)
    appeal_decision: Limit = Limit(60)
    interim_hearing: Limit = Limit(5, working=True)
    dispute: Limit = Limit(20, working=True)
    repair: Limit = Limit(20, working=True)
    stays: Period | None = Period(36)
    calendars: tuple[Calendar, ...] = (EVERY_DAY,)
    month_sums: str = "last-day"

    def over(self, day: date, limit: Limit, party: Party) -> date:
        """The day on which a party's time is over."""
        return deadline(day, limit, party, self.calendars)

    def ends(self, first: date) -> date | None:
        """The last day but one of what binds from `first` on: the day it ends by itself; None without a term."""
        return self.stays.after(first, self.month_sums) if self.stays else None


def terms_of(catalogue: Catalogue, listed: str = "", code: str | None = None) -> Terms:
    """The terms of a hearing about a list of a catalogue, or about a record; `code` is what a term by code reads."""
    rule = catalogue.lists.get(listed)
    case = catalogue.cases.get(rule.case or "") if rule else None
    procedure = catalogue.procedures.get(case.procedure or "") if case else _only(catalogue)
    if procedure is None:
        return Terms(month_sums=catalogue.month_sums)
    hands = {
        "notice": _limit(procedure.notice),
        "reply": _limit(procedure.reply),
        "decision": _limit(procedure.decision),
        "appeal": _limit(procedure.appeal),
        "appeal_decision": _decided_in(procedure.appeal),
        "repair": _limit(procedure.repair),
    }
    given = {name: limit for name, limit in hands.items() if limit}
    stays = rule.stays if rule else None
    longest = length(stays, code) or (min(stays.terms.values()) if isinstance(stays, Term) else None)
    return Terms(**given, stays=longest, calendars=(_calendar(catalogue),), month_sums=catalogue.month_sums)


def milder(terms: Terms, later: Terms) -> Terms:
    """The terms of a case after a later rule: a shorter stay applies to it too; its steps go on as they began."""
    stays = [each for each in (terms.stays, later.stays) if each]
    return replace(terms, stays=min(stays, default=None))


def _only(catalogue: Catalogue) -> Procedure | None:
    return next(iter(catalogue.procedures.values()), None)


def _limit(hand: Hand | None) -> Limit | None:
    return Limit(hand.days, hand.working) if hand and hand.days else None


def _decided_in(appeal: Hand | None) -> Limit | None:
    days = getattr(appeal, "decided_in", None)
    return Limit(days, appeal.working) if appeal and days else None


def _calendar(catalogue: Catalogue) -> Calendar:
    country, _dash, region = catalogue.calendar.partition("-")
    return Calendar.of(country, region or None) if country else EVERY_DAY
