"""What is to happen in a case: who does which act on which day, and what the act says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from goodstanding.access import Actor
from goodstanding.cli.demonstration.imaginary_year.firms import Firm
from goodstanding.cli.demonstration.imaginary_year.procedure_kinds import Proceeding
from goodstanding.cli.demonstration.imaginary_year.province import Office
from goodstanding.procedure.case_states import HeardCase
from goodstanding.register.cases.proposals import Proposal


@dataclass(frozen=True, slots=True)
class PlannedAct:
    """An act, by whom and when; what it says goes into its event."""

    act: str
    actor: Actor
    day: date
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlannedApplication:
    """An application for a listing: who makes it, when, and what becomes of it and of a complaint about that."""

    number: int
    applicant: str
    firm: Firm
    office: Office
    listed: str
    text: str
    amount: int
    day: date
    acts: tuple[PlannedAct, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """A case from its opening on: a finding that is proposed, or what a firm asks about the case numbered `about`.

    `number` is its place in the plan; `state` where the acts leave it, as the case machine has it.
    """

    number: int
    proceeding: Proceeding
    firm: Firm
    office: Office
    acts: tuple[PlannedAct, ...]
    state: HeardCase
    proposal: Proposal | None = None
    about: int | None = None
    application: PlannedApplication | None = None

    @property
    def opening(self) -> PlannedAct:
        """The act that opens it."""
        return self.acts[0]

    def get_proposal(self) -> Proposal:
        """The finding that its opening proposes; raises LookupError where a firm opened it."""
        if self.proposal is None:
            raise LookupError(self.number)
        return self.proposal
