"""How long each step of a hearing may take, and how long what is decided binds at most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.primitives import CodedTerm, DecidedTerm
from goodstanding.catalogue.procedures import CaseRule, Procedure, ProcedureStep
from goodstanding.procedure.calendars import EVERY_DAY, Calendar, Party, TimeLimit, compute_deadline
from goodstanding.procedure.stated_cases import CaseStage, resolve_length

LEAST_REPLY = TimeLimit(10)
MOST_TO_DECIDE, MOST_TO_RULE = TimeLimit(365), TimeLimit(180)  # a court has the most; article 15 says who has less
MOST_INTERIM_DAYS, HEARD_WITHIN = 15, 5


@dataclass(frozen=True, slots=True)
class ListingTerm:
    """How long a listing lasts at most, and how a sum of months is rounded that falls on no day."""

    length: Period
    month_sums: str = "last-day"

    def compute_end(self, first: date) -> date:
        """The day on which a listing is over that binds from `first` on."""
        return self.length.after(first, self.month_sums)


@dataclass(frozen=True, slots=True)
class ProcedureTerms:
    """Limits as a catalogue's procedure sets them; where it sets none, these, which are this register's own.

    `stays` are the terms of the versions that count, of which the soonest ends a listing; none where it ends only with
    its case, by performance, repair or a decision. From `rules_end` on the list, its law or its rules are no more.
    """

    notice: TimeLimit = TimeLimit(30)
    reply: TimeLimit = TimeLimit(10)
    decision: TimeLimit = TimeLimit(30)
    service: TimeLimit = TimeLimit(15)
    appeal: TimeLimit = TimeLimit(30)
    appeal_decision: TimeLimit = TimeLimit(60)
    interim_hearing: TimeLimit = TimeLimit(5, working=True)
    dispute: TimeLimit = TimeLimit(20, working=True)
    repair: TimeLimit = TimeLimit(20, working=True)
    stays: tuple[ListingTerm, ...] = (ListingTerm(Period(36)),)
    calendars: tuple[Calendar, ...] = (EVERY_DAY,)
    month_sums: str = "last-day"
    rules_end: date | None = None

    def over(self, day: date, limit: TimeLimit, party: Party) -> date:
        """The day on which a party's time is over."""
        return compute_deadline(day, limit, party, self.calendars)

    def ends(self, first: date) -> date | None:
        """The last day but one of what binds from `first` on: the day it ends by itself; None without a term."""
        ends = [term.compute_end(first) for term in self.stays]
        return min([*ends, *([max(first, self.rules_end)] if self.rules_end else [])], default=None)

    @property
    def longest_stay(self) -> Period | None:
        """The shortest of the terms, as people are told before it is known from which day it runs."""
        return min((term.length for term in self.stays), key=Period.longest_days, default=None)


def build_terms(catalogue: Catalogue, listed: str = "", code: str | None = None) -> ProcedureTerms:
    """The terms of a hearing about a list of a catalogue, or about a record; `code` is what a term by code reads."""
    rule = catalogue.lists.get(listed)
    case = catalogue.cases.get(rule.case or "") if rule else None
    procedure = catalogue.procedures.get(case.procedure or "") if case else _find_only_procedure(catalogue)
    if procedure is None:
        return ProcedureTerms(month_sums=catalogue.month_sums)
    step_limits = {
        "notice": _read_limit(procedure.notice),
        "reply": _read_limit(procedure.reply),
        "decision": _read_limit(procedure.decision),
        "appeal": _read_limit(procedure.appeal),
        "appeal_decision": _read_appeal_limit(procedure.appeal),
        "repair": _read_limit(procedure.repair),
    }
    limits = {name: limit for name, limit in step_limits.items() if limit}
    stays = rule.stays if rule else None
    longest = resolve_length(stays, code) or _find_shortest(stays)
    return ProcedureTerms(
        **limits,
        stays=(ListingTerm(longest, catalogue.month_sums),) if longest else (),
        calendars=(Calendar.of(catalogue.calendar),),
        month_sums=catalogue.month_sums,
        rules_end=None,
    )


def apply_milder_terms(
    terms: ProcedureTerms, since_conduct: Iterable[ProcedureTerms], rules_end: date | None = None
) -> ProcedureTerms:
    """Steps as in the terms of a case's opening; it binds as long as every version since its conduct lets it."""
    stays = dict.fromkeys(stay for version_terms in since_conduct for stay in version_terms.stays)
    return replace(terms, stays=tuple(stays), rules_end=rules_end)


def _find_shortest(stays: Period | CodedTerm | DecidedTerm | None) -> Period | None:
    return min(stays.terms.values(), key=Period.longest_days) if isinstance(stays, CodedTerm) else None


def _find_only_procedure(catalogue: Catalogue) -> Procedure | None:
    return next(iter(catalogue.procedures.values()), None)


def _read_limit(hand: ProcedureStep | None) -> TimeLimit | None:
    return TimeLimit(hand.days, hand.working) if hand and hand.days else None


def _read_appeal_limit(appeal: ProcedureStep | None) -> TimeLimit | None:
    days = getattr(appeal, "decided_in", None)
    return TimeLimit(days, appeal.working) if appeal and days else None


def _get_calendar(catalogue: Catalogue) -> Calendar:
    calendar = Calendar.of(catalogue.calendar)
    return calendar if calendar.is_known() else EVERY_DAY


@lru_cache(maxsize=4096)
def _compute_end(served: date, limit: TimeLimit, calendar: Calendar) -> date:
    return max(compute_deadline(served, reply, "subject", [calendar]) for reply in (LEAST_REPLY, limit))


@lru_cache(maxsize=4096)
def _compute_authority_end(since: date, limit: TimeLimit, most: TimeLimit, calendar: Calendar) -> date:
    return min(compute_deadline(since, term, "authority", [calendar]) for term in (limit, most))


def compute_reply_end(served: date, catalogue: Catalogue, rules: CaseRule) -> date:
    """The first day on which the days to reply are over: those of the procedure, and ten at least."""
    limit = _read_limit(catalogue.procedures[rules.procedure or ""].reply) or LEAST_REPLY
    return _compute_end(served, limit, _get_calendar(catalogue))


def compute_decision_end(served: date, catalogue: Catalogue, rules: CaseRule) -> date:
    """The day on which the authority's time to decide is over, once there was time to reply; a year has a court."""
    decision = catalogue.procedures[rules.procedure or ""].decision
    limit = TimeLimit(decision.days, decision.working) if decision and decision.days is not None else MOST_TO_DECIDE
    since = compute_reply_end(served, catalogue, rules)
    return _compute_authority_end(since, limit, MOST_TO_DECIDE, _get_calendar(catalogue))


def compute_ruling_end(appealed: date, catalogue: Catalogue, rules: CaseRule) -> date:
    """The day on which the time to decide an appeal is over: as the procedure sets it, and 180 days at most."""
    limit = _read_appeal_limit(catalogue.procedures[rules.procedure or ""].appeal) or MOST_TO_RULE
    return _compute_authority_end(appealed, limit, MOST_TO_RULE, _get_calendar(catalogue))


def compute_interim_end(served: date, later: Iterable[CaseStage], catalogue: Catalogue, case: str) -> date:
    """When an interim measure served on a day is over: after fifteen days, or sooner if nobody was heard in time."""
    interim = catalogue.procedures[catalogue.cases[case].procedure or ""].interim
    days, within = (interim.days, interim.heard_within) if interim else (0, 0)
    hearing = TimeLimit(_keep_below(within, HEARD_WITHIN), working=True)
    unheard = compute_deadline(served, hearing, "authority", [_get_calendar(catalogue)])
    last = served + timedelta(days=_keep_below(days, MOST_INTERIM_DAYS))
    return last if any(stage.since < unheard for stage in later) else min(last, unheard)


def _keep_below(days: int | None, most: int) -> int:
    return most if days is None else min(days, most)
