"""Cases heard here as the ledger has them: whose, under which rules, where each stands, what was done in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from goodstanding.access import Actor
from goodstanding.access.case_acts import CaseResource
from goodstanding.catalogue import Catalogue
from goodstanding.errors import NotFound
from goodstanding.ledger import events
from goodstanding.ledger import store as ledger
from goodstanding.messages import CaseMessage, Message
from goodstanding.procedure.case_states import Act, HeardCase, PhaseSpan
from goodstanding.register.files.case_queries import find_case_row, list_act_rows
from goodstanding.register.files.subjects import Subject, get_subject
from goodstanding.register.projection.case_rows import fold_case
from goodstanding.register.rules.authorities import load_authority_tree
from goodstanding.register.rules.enacted_catalogues import get_enacted, list_catalogue_versions

LONGEST = 20_000
AN_APPLICANT = "an applicant"
SERVICE = ("opened", "delivered", "posted", "published")


@dataclass(frozen=True, slots=True)
class CaseAct:
    """One act of a case as the ledger has it: its event's position and body, who did it, when, and whether late."""

    position: int
    recorded_at: datetime
    act: Act
    day: date
    by: str
    office: str
    body: Mapping[str, Any]
    late: bool = False

    @property
    def text(self) -> str:
        """What was said, word for word."""
        return str(self.body.get("text", ""))

    @property
    def person(self) -> str:
        """The human who did it, as letters name them: nobody in older events, which say only what they sign in with."""
        return str(self.body.get("full_name") or "")

    @property
    def shown_name(self) -> str:
        """How pages name who did it: the human, or what they sign in with where the event says no more."""
        return self.person or self.by


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case: whose, under which rules, about what; where it stands, and all that was done in it, oldest first."""

    position: int
    subject: Subject
    catalogue: str
    listed: str
    source: str
    about: int | None
    case: HeardCase
    acts: tuple[CaseAct, ...]

    @property
    def reference(self) -> str:
        """How people name it."""
        return f"GS-{self.position}"

    @property
    def opened(self) -> CaseAct:
        """The act that opened it."""
        return self.acts[0]

    @property
    def applicant(self) -> str:
        """The name of whoever applied for it: for its source and the overseer, never for the subject or the public."""
        applied = self.opened.body.get("application")
        if applied is None:
            return str(self.opened.body.get("applicant", ""))
        entry = next(ledger.read_entries(applied, applied + 1))
        return str(events.decode_body((entry.body or "{}").encode()).get("by", ""))

    @property
    def rules(self) -> Catalogue:
        """The rules it is heard under, in the version in force."""
        return get_enacted(self.catalogue).catalogue

    def span(self, at: date) -> PhaseSpan | None:
        """The span in which a day lies."""
        return next((span for span in self.case.spans if span.holds(at)), None)

    def resource(self, actor: Actor) -> CaseResource:
        """What `access` asks about this case when `actor` acts."""
        tree = load_authority_tree()
        return CaseResource(
            frozenset(self.subject.identifiers),
            tree.now(self.source),
            self.applicant,
            self.opened.act not in (Act.PROPOSE, Act.IMPOSE_INTERIM),
            tree.apart(self.source, actor.scope),
        )


def get_case(position: int, size: int | None = None) -> CaseFile:
    """The case opened by the event at a position, as of a ledger size; raises NotFound."""
    case_row, until = find_case_row(position), ledger.get_ledger_size() if size is None else size
    if case_row is None or position >= until:
        raise NotFound(Message(CaseMessage.CASE_MISSING, {"position": position}))
    act_rows = list_act_rows(position, until)
    folded = fold_case(case_row, act_rows, list_catalogue_versions())
    if folded is None:
        raise NotFound(Message(CaseMessage.CASE_WITHOUT_RULES, {"position": position}))
    about = case_row["about"] if case_row["about"] >= 0 else None
    acts = tuple(_iterate_case_acts([act_row["position"] for act_row in act_rows], folded))
    subject = get_subject(case_row["subject_id"])
    return CaseFile(
        position, subject, case_row["catalogue"], case_row["listed"], case_row["source"], about, folded, acts
    )


def _iterate_case_acts(positions: list[int], folded: HeardCase) -> Iterator[CaseAct]:
    late = {(done.act, done.day, done.by) for done in folded.done if done.late}
    for entry in ledger.list_entries_at(positions):
        body = events.decode_body((entry.body or "{}").encode())
        act, day, by = Act(entry.kind), date.fromisoformat(body.get("day", "1970-01-01")), str(body.get("by", ""))
        recorded = datetime.fromisoformat(entry.recorded_at)
        yield CaseAct(entry.position, recorded, act, day, by, str(body.get("office", "")), body, (act, day, by) in late)
