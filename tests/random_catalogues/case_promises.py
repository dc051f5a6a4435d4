"""What the charter promises of one case: all that was stated of it, beside the listings that rest on it.

Nothing here runs a case or reads SQL: listings are looked at from outside, and each promise that they break is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.model import CaseRule, CaseStep
from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.primitives import CodedTerm, DecidedTerm
from goodstanding.charter.vocabulary import find_conduct_nature
from goodstanding.procedure.calendars import Calendar

Row = Mapping[str, Any]
DAY = timedelta(days=1)
LEAST_DAYS, MOST_INTERIM_DAYS, MOST_UNHEARD_DAYS = 10, 15, 5
FIVE_YEARS = timedelta(days=1827)
MOST_WAIT = timedelta(days=366)
ENDING = ("performance", "settlement", "annulment", "withdrawal")
SUSPENDING = ("appeal", "stay")
RELIEF = (*ENDING, *SUSPENDING, "repair", "correction", "insolvency", "dissolution")
FOREVER = date.max


@dataclass(frozen=True)
class Statement:
    """That a record states a step of a case on a day; `fits` is whether its conditions certainly hold."""

    key: str
    step: CaseStep
    day: date
    row: Row
    fits: bool


def get_end(effect: Row) -> date:
    """The day on which an effect is over."""
    end: date = effect["valid_to"] or FOREVER
    return end


def _find_edges(listings: Iterable[Row]) -> tuple[date, date]:
    """The first day of all and the day on which the last is over."""
    days = [(listing["valid_from"], get_end(listing)) for listing in listings]
    return min(days)[0], max(end for _start, end in days)


class Matter:
    """One case as all that was stated of it, beside the listings that rest on it."""

    def __init__(
        self, catalogue: Catalogue, name: str, opening: Row, rows: Sequence[Row], effects: Sequence[Row]
    ) -> None:
        self.catalogue, self.name, self.opening, self.rows = catalogue, name, opening, rows
        self.rule: CaseRule = catalogue.cases[name]
        self.calendar = Calendar.of(catalogue.calendar)
        self.procedure = catalogue.procedures.get(self.rule.procedure or "")
        self.statements = [*self._list_statements()]
        names = {listed for listed, rule in catalogue.lists.items() if rule.case == name}
        self.listings = [
            effect for effect in effects if effect["measure"] in names and opening["position"] == effect["because"][0]
        ]
        self.is_alone = sum(row["record"] == opening["record"] for row in rows) == 1

    def _list_statements(self) -> Iterator[Statement]:
        names = (self.opening["reference"], f"{self.opening['source']}/{self.opening['reference']}")
        for key, step in self.rule.steps.items():
            own = step.record in (None, self.rule.record)
            for row in self.rows:
                is_about = row is self.opening if own else row["record"] == step.record and row["about"] in names
                day = row["occurred"] if step.on == "occurred" else row["fields"].get(step.on)
                if is_about and day:
                    yield Statement(key, step, day, row, step.when is None)

    def list_broken(self) -> Iterator[str]:
        """Each promise that the case's listings break."""
        if not self._is_of_honour():
            for listing in self.listings:
                for problem in self._list_problems(listing):
                    yield f"{listing['measure']} at {listing['value']}: {problem}"
        yield from self._list_long_terms()

    def _is_of_honour(self) -> bool:
        conduct = self.catalogue.records[self.rule.record].conduct
        return self.procedure is None and {find_conduct_nature(word) for word in conduct} == {"honour"}

    def _list_problems(self, listing: Row) -> Iterator[str]:
        role = self.rule.steps[listing["value"]].role
        if role in ("interim", "reply"):
            yield from self._list_long_interim(listing)
        elif not any(self._was_heard(decision) for decision in self._list_decisions(listing)):
            yield "nobody was heard in time before it was decided"
        if not self._is_named():
            yield "no human is named who decided"
        yield from self._list_foreign_speakers(listing)
        yield from self._list_spared()
        if self.is_alone:
            yield from self._list_ended(listing)
            yield from self._list_suspended(listing)

    def _list_decisions(self, listing: Row) -> Iterator[Statement]:
        for statement in self.statements:
            is_own = statement.row["position"] in listing["because"] and statement.key == listing["value"]
            is_served = self.rule.steps[listing["value"]].role == "service"
            if statement.step.role == "decision" and (is_own or is_served) and statement.day <= listing["valid_from"]:
                yield statement

    def _was_heard(self, decision: Statement) -> bool:
        """Whether notice was served, the days to reply had run before the decision, and nothing ended it between."""
        ended = [
            other.day
            for other in self._list_lawful(ENDING)
            if other.day < decision.day and other.row is not self.opening and self.is_alone
        ]
        after = max(ended, default=date.min)
        return any(day >= after and self._has_reply_run(day, decision.day) for day in self._list_notice_days())

    def _has_reply_run(self, served: date, decided: date) -> bool:
        """Whether ten days at least, and those of the procedure, lie between."""
        between = [served + DAY * number for number in range(1, (decided - served).days)]
        reply = self.procedure.reply if self.procedure else None
        counted = [day for day in between if not (reply and reply.working) or self.calendar.works(day)]
        return len(between) >= LEAST_DAYS and len(counted) >= ((reply.days if reply else 0) or 0)

    def _list_notice_days(self) -> Iterator[date]:
        """The days on which notice was served, as steps or as the field that proves it."""
        proof = (self.procedure.notice.proof if self.procedure and self.procedure.notice else "") or ""
        record, _dot, field = proof.rpartition(".")
        for statement in self.statements:
            if statement.step.role == "notice":
                yield statement.day
            if record in ("", statement.row["record"]) and isinstance(statement.row["fields"].get(field), date):
                yield statement.row["fields"][field]

    def _is_named(self) -> bool:
        named = (self.procedure.decision.named if self.procedure and self.procedure.decision else "") or ""
        rows = [row for row in self.rows if row is self.opening or row in [stated.row for stated in self.statements]]
        return any(row["fields"].get(named.rpartition(".")[2]) for row in rows)

    def _list_foreign_speakers(self, listing: Row) -> Iterator[str]:
        """What burdens counts from who opened the case, or from a source of another kind that has the mandate."""
        kinds = self.catalogue.source_kinds
        for row in self.rows:
            if row["position"] in listing["because"] and row["source"] != self.opening["source"]:
                same_kind = kinds[row["source"]] == kinds[self.opening["source"]]
                if same_kind or kinds[row["source"]] not in self.catalogue.records[row["record"]].by:
                    yield "it rests on what a stranger to the case stated"

    def _list_spared(self) -> Iterator[str]:
        fields = self.opening["fields"]
        if "inability-to-pay" in self.rule.spares and fields.get("able") is not True:
            yield "who cannot pay, or may be unable to, is listed"
        if "minor" in self.rule.spares and fields.get("minor") is not False:
            yield "a minor is listed"
        if "study-debt" in self.rule.spares and fields.get("study") is not False:
            yield "a debt from studies is listed"
        is_burdened = fields.get("class") == "grave" or fields.get("earlier") or fields.get("corrected") is False
        if "minor-first-breach" in self.rule.spares and not is_burdened:
            yield "a minor first breach that was corrected, or may be one, is listed"

    def _list_lawful(self, roles: tuple[str, ...]) -> Iterator[Statement]:
        """The statements of steps of these roles, without a condition, by whoever has the mandate for them."""
        for statement in self.statements:
            kind = self.catalogue.source_kinds[statement.row["source"]]
            is_able = kind in self.catalogue.records[statement.row["record"]].by
            if statement.step.role in roles and statement.fits and statement.step.after and is_able:
                yield statement

    def _list_ended(self, listing: Row) -> Iterator[str]:
        """What ends it ends it at once, until another decision after another notice (11, 14)."""
        for end in (*self._list_lawful(ENDING), *self._list_repairs(listing)):
            if end.day < get_end(listing) and end.row is not self.opening:
                again = [stated for stated in self._list_decisions(listing) if stated.day >= end.day]
                if not any(map(self._was_heard, again)):
                    yield f"{end.step.role} does not end it"

    def _list_repairs(self, listing: Row) -> Iterator[Statement]:
        """Of past conduct somebody is repaired after a year at most, unless all is over by then anyway (11, 17)."""
        conduct = self.catalogue.records[self.rule.record].conduct
        if "duty" not in {find_conduct_nature(word) for word in conduct}:
            for statement in self._list_lawful(("repair",)):
                if statement.day > listing["valid_from"] + MOST_WAIT:
                    yield statement

    def _list_suspended(self, listing: Row) -> Iterator[str]:
        """An appeal in time suspends it until somebody else has answered (14)."""
        answers = [stated for stated in self._list_decided() if self._answers_appeal(stated)]
        for appeal in self._list_lawful(SUSPENDING):
            answered = min((stated.day for stated in answers if stated.day >= appeal.day), default=FOREVER)
            is_answered_before = any(stated.day <= appeal.day for stated in answers)
            is_open = max(appeal.day, listing["valid_from"]) < min(answered, get_end(listing))
            if is_open and self._is_in_time(appeal) and not is_answered_before:
                yield f"{appeal.step.role} does not suspend it"

    def _list_decided(self) -> Iterator[Statement]:
        return (stated for stated in self.statements if stated.step.role == "decision")

    def _answers_appeal(self, statement: Statement) -> bool:
        return any(self.rule.steps[key].role in SUSPENDING for key in statement.step.after)

    def _is_in_time(self, appeal: Statement) -> bool:
        first, _last = _find_edges(self.listings)
        days = [stated.day for stated in self._list_decided() if not self._answers_appeal(stated)]
        rule = self.procedure.appeal if self.procedure else None
        limit = max(LEAST_DAYS, (rule.days if rule else 0) or 0)
        return min(days, default=first) <= appeal.day <= first + DAY * limit

    def _list_long_interim(self, listing: Row) -> Iterator[str]:
        """Before the hearing it binds for fifteen days at most, against a danger that the procedure names (16)."""
        if self.procedure is None or self.procedure.interim is None:
            yield "it binds before the hearing without an interim measure"
        first, _last = _find_edges([other for other in self.listings if other["measure"] == listing["measure"]])
        if get_end(listing) > first + DAY * MOST_INTERIM_DAYS:
            yield "it binds before the hearing for too long"
        days = [first + DAY * number for number in range(1, (get_end(listing) - first).days)]
        if len(self.statements) == 1 and sum(map(self.calendar.works, days)) > MOST_UNHEARD_DAYS:
            yield "it binds although nobody was heard in five working days"

    def _list_long_terms(self) -> Iterator[str]:
        """Listings end at the term of their list, and together in five years (11)."""
        for name in dict.fromkeys(listing["measure"] for listing in self.listings):
            listings = [listing for listing in self.listings if listing["measure"] == name]
            first, last = _find_edges(listings)
            term = self._find_term(name)
            day = self._find_decided_end(name)
            if last > first + FIVE_YEARS or (term and last > term.after(first, "next-day")) or (day and last > day):
                yield f"{name}: it outlives its term"
        if self.listings and not any(stated.step.role in RELIEF for stated in self.statements):
            first, last = _find_edges(self.listings)
            if last > first + FIVE_YEARS and self.is_alone:
                yield f"{self.name}: its lists outlive five years together"

    def _find_decided_end(self, name: str) -> date | None:
        """The day that the decision itself sets, where it does."""
        stays = self.catalogue.lists[name].stays
        day: date | None = self.opening["fields"].get(stays.until) if isinstance(stays, DecidedTerm) else None
        return day

    def _find_term(self, name: str) -> Period | None:
        stays = self.catalogue.lists[name].stays
        if isinstance(stays, DecidedTerm):
            return stays.at_most
        return stays.terms.get(self.opening["fields"].get(stays.by)) if isinstance(stays, CodedTerm) else stays
