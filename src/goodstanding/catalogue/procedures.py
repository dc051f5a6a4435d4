"""What happens to a subject, and how fairly: cases, lists, measures, the steps of a procedure, classes of repair."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from goodstanding.catalogue.primitives import (
    Audience,
    Code,
    CodedTerm,
    Days,
    DecidedTerm,
    Expression,
    LegalRule,
    Length,
    Name,
)

MeasureKind = Literal["restriction", "benefit", "supervision", "publication"]
StepRole = Literal[
    "opening", "notice", "reply", "decision", "service", "interim", "appeal", "stay", "performance", "settlement",
    "repair", "annulment", "withdrawal", "correction", "insolvency", "dissolution", "",
]  # fmt: skip

SUSPENDING_ROLES = frozenset({"appeal", "stay"})
RELEASING_ROLES = frozenset({"performance", "settlement", "annulment", "withdrawal"})
ENDING_ROLES = RELEASING_ROLES | {"repair", "insolvency", "dissolution"}
RELIEVING_ROLES = SUSPENDING_ROLES | ENDING_ROLES

FieldReference = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)?$")]


class CaseStep(LegalRule):
    """A dated step of a case: which record and field date it, after which steps, when it holds, and its role."""

    title: str
    role: StepRole = ""
    on: Name = "occurred"
    public_on: Name | None = None
    record: Name | None = None
    after: tuple[Name, ...] = ()
    when: Expression | None = None
    not_before: Length | CodedTerm | None = None
    audience: Audience = "parties"


class CaseExemption(LegalRule):
    """Whom a case does not touch: nobody is listed for whom `when` holds, or for whom the record does not say."""

    when: Expression


class CaseRule(LegalRule):
    """A kind of proceeding: the record that opens it and the steps it can take, in order of precedence on one day.

    `spares` are named by the charter's list: inability-to-pay, minor-first-breach, minor, study-debt.
    """

    title: str
    record: Name
    procedure: Name | None = None
    spares: dict[Name, CaseExemption] = {}
    steps: dict[Name, CaseStep]


def follows_suspension(step: CaseStep, case: CaseRule) -> bool:
    """Whether a step only answers what suspended a decision: an appeal or a stay."""
    return bool(step.after) and all(case.steps[earlier].role in SUSPENDING_ROLES for earlier in step.after)


class ListRule(LegalRule):
    """A published ground: while a case stands at one of its steps, for at most a term; or while other lists name it.

    The term runs from the day the step is shown to be public or served, or from the day of the step itself (`decided`).
    Without a term (`stays` left out) a listing ends only with its case. It ends on the day of performance or repair,
    which the authority has to state within `ends_within` working days. `shows_ended` is how long an ended listing is
    still shown. `reaches` says who else is bound without a decision of their own.
    """

    title: str
    case: Name | None = None
    while_: tuple[Name, ...] = Field((), alias="while")
    from_: tuple[Name, ...] = Field((), alias="from")
    at_least: int = 1
    stays: Length | CodedTerm | DecidedTerm | None = None
    counts_from: Literal["shown", "decided"] = "shown"
    audience: Audience = "anybody"
    ends_within: Days | None = None
    ends_sooner: str = ""
    shows_ended: Length | None = None
    found_by: Literal["identifier", "name"] = "identifier"
    copies: Literal["nobody", "registered", "anybody"] = "registered"
    reaches: tuple[Name, ...] = ()


class Measure(LegalRule):
    """What follows from a listing or a grade: its kind and field, for which purpose, who may ask, what it spares.

    `field` is a word of the charter's relation table, such as `public-procurement`. It follows only where `when` holds
    for the record that it rests on; what that leaves open is for the subject. `exempts` names what the measure never
    touches. `reaches` says who else is bound without a decision of their own.
    """

    title: str
    kind: MeasureKind
    field: Name = "unnamed"
    list: Name | None = None
    scheme: Name | None = None
    grades: tuple[Code, ...] = ()
    when: Expression | None = None
    purpose: str
    audience: tuple[str, ...]
    exempts: tuple[str, ...] = ()
    reaches: tuple[Name, ...] = ()
    logged: bool = True


class ProcedureStep(LegalRule):
    """One step of a procedure: who holds it, how long they have, and the record field that proves it.

    The field is written `field`, or `record-type.field` where several record types have one of that name.
    """

    held_by: Name
    days: Days | None = None
    working: bool = False
    proof: FieldReference | None = None


class NoticeRule(ProcedureStep):
    """Telling the subject before anything takes effect: with reasons, and with which part of the evidence.

    Here and below, what is left out is not known, and counts as missing.
    """

    reasons: bool | None = None
    evidence: Literal["all", "part", "none"] | None = None
    before_effect: bool | None = None


class DecisionRule(ProcedureStep):
    """The decision: the field that names the human who made it, and whose silence counts for whom."""

    named: FieldReference | None = None
    reasons: bool | None = None
    bulk: bool | None = None
    by_proposer: bool | None = None
    silence: Literal["subject", "authority"] | None = None


class AppealRule(ProcedureStep):
    """The appeal: to which body, whether it suspends a restriction, and for whom silence counts."""

    body: Literal["independent", "court", "register", "superior", "same"]
    suspends: bool | None = None
    decided_in: Days | None = None
    silence: Literal["subject", "authority"] | None = None


class InterimRule(ProcedureStep):
    """A measure before the hearing: against which danger, for how many days, and within how many it is heard."""

    danger: Literal["life", "other"]
    heard_within: Days | None = None


class RepairRule(ProcedureStep):
    """Making good: whether it is a right, free, what stops with it, and within how many days recipients confirm."""

    right: bool | None = None
    free: bool | None = None
    stops: tuple[Literal["display", "sharing", "use"], ...] = ()
    confirmed_within: Days | None = None


class Procedure(LegalRule):
    """How a case is decided, step by step; a step left out is one that the law or practice does not have."""

    title: str
    notice: NoticeRule | None = None
    reply: ProcedureStep | None = None
    decision: DecisionRule | None = None
    appeal: AppealRule | None = None
    interim: InterimRule | None = None
    repair: RepairRule | None = None


class RepairClass(LegalRule):
    """A class of gravity: how long an entry shows at least and at most; `most` is never left open."""

    title: str
    least: Length
    most: Length
