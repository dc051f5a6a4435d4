"""What became of an application, as its applicant may hear it: from the day it was received to the end of its case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goodstanding.errors import NotFound
from goodstanding.procedure.case_states import BINDING, Act, Phase
from goodstanding.register.cases.applications import Application
from goodstanding.register.cases.case_file import CaseFile, get_case


class ApplicationState(StrEnum):
    """Where an application stands."""

    RECEIVED = "received"
    UNANSWERED = "unanswered"
    DECLINED = "declined"
    PROPOSED = "proposed"
    DECIDED = "decided"
    LISTED = "listed"
    APPEALED = "appealed"
    PERFORMED = "performed"
    REJECTED = "rejected"
    ENDED = "ended"


OVER = frozenset(
    {ApplicationState.DECLINED, ApplicationState.PERFORMED, ApplicationState.REJECTED, ApplicationState.ENDED}
)


@dataclass(frozen=True, slots=True)
class ApplicationStatus:
    """Where an application stands on a day, since when, until when, and in which case; `confirm` says whether its
    applicant can still confirm there that payment or performance was made.
    """

    state: ApplicationState
    since: date
    until: date | None = None
    case: int | None = None
    confirm: bool = False


def get_status(application: Application, at: date) -> ApplicationStatus:
    """What became of an application by a day; nothing is said of what the case holds."""
    if application.declined_on is not None:
        return ApplicationStatus(ApplicationState.DECLINED, application.declined_on)
    if application.case is None:
        silent, until = application.silent(at), application.answer_until
        return (
            ApplicationStatus(ApplicationState.UNANSWERED, until)
            if silent
            else ApplicationStatus(ApplicationState.RECEIVED, application.day, until)
        )
    try:
        case_file = get_case(application.case)
    except NotFound:  # its events were erased, or its rules are in force no longer
        return ApplicationStatus(ApplicationState.ENDED, at, case=application.case)
    return _derive_status_of_case(case_file, at)


def _derive_status_of_case(case_file: CaseFile, at: date) -> ApplicationStatus:
    span = case_file.span(at)
    if performed := next(
        (case_act.day for case_act in case_file.case.done if case_act.act is Act.PERFORM and case_act.day <= at), None
    ):
        return ApplicationStatus(ApplicationState.PERFORMED, performed, case=case_file.position)
    if span is None or span.phase is Phase.ENDED or case_file.case.overturned:
        rejected = case_file.case.overturned or any(not case_act.upheld for case_act in case_file.case.done)
        return ApplicationStatus(
            ApplicationState.REJECTED if rejected else ApplicationState.ENDED,
            span.since if span else at,
            case=case_file.position,
        )
    return ApplicationStatus(
        _PHASES.get(span.phase, ApplicationState.PROPOSED), span.since, span.until, case_file.position, confirm=True
    )


_PHASES = {
    **dict.fromkeys(BINDING, ApplicationState.LISTED),
    Phase.DECIDED: ApplicationState.DECIDED,
    Phase.APPEALED: ApplicationState.APPEALED,
}
