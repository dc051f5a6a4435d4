"""The words of oversight for phases, steps, outcomes and figures."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from goodstanding.oversight.significance import ShareEstimate
from goodstanding.procedure.case_states import Phase
from goodstanding.web.wording.case_terms import name_phase

HIDDEN_MARK = "·"


def list_age_titles() -> Mapping[str, str]:
    """Ages of open cases."""
    return {"under-30": _("under 30 days"), "30-to-89": _("30 to 89"), "90-to-179": _("90 to 179"),
            "180-and-more": _("180 and more")}  # fmt: skip


def list_days_left_titles() -> Mapping[str, str]:
    """How long it is until somebody's time is over."""
    return {"week": _("7 days at most"), "month": _("8 to 30 days"), "later": _("more than 30")}


def list_duty_titles() -> Mapping[str, str]:
    """The steps that an authority or an appeal body owes in time."""
    return {
        "notice": _("Serve the notice"),
        "decision": _("Decide on the case"),
        "service": _("Serve the decision"),
        "dispute": _("Answer a dispute"),
        "repair": _("Answer a request for repair"),
        "appeal": _("Decide the appeal"),
        "interim": _("Hear the interim measure"),
    }


def list_step_titles() -> Mapping[str, str]:
    """What is timed: from one step to the next."""
    return {
        "notice": _("From the proposal to the notice"),
        "decision": _("From the notice to the decision"),
        "service": _("From the decision to its service"),
        "appeal": _("From an appeal to its decision"),
        "dispute": _("From a dispute to its decision"),
        "repair": _("From a request for repair to its decision"),
        "interim": _("From an interim measure to its hearing"),
    }


def list_outcome_titles() -> Mapping[str, str]:
    """What became of appeals, disputes, records, reasons, notices and applications."""
    return {
        "missed": _("Missed"),
        "done": _("Done in time"),
        "overturned": _("Overturned"),
        "stands": _("Stands"),
        "wrong": _("Found wrong"),
        "silence": _("Granted by silence"),
        "refused": _("Refused"),
        "corrected": _("Corrected"),
        "withdrawn": _("Withdrawn"),
        "upheld": _("Upheld"),
        "shared": _("Like another’s"),
        "opened": _("Opened"),
        "delivered": _("Delivered"),
        "posted": _("Posted"),
        "published": _("Published"),
        "unsaid": _("Not stated"),
        "interim": _("Interim measure"),
        "none": _("No notice before"),
        "proposed": _("Proposed"),
        "declined": _("Declined"),
        "waiting": _("In time"),
        "silent": _("Left without an answer"),
    }


def list_measure_titles() -> Mapping[str, str]:
    """What an authority's own file says about how it did."""
    return {
        "missed": _("Deadlines missed"),
        "overturned": _("Overturned on appeal"),
        "wrong": _("Disputed records found wrong"),
        "median-days": _("From the notice to the decision, in the middle"),
        "alike": _("Decisions that read like another"),
        "corrected": _("Records corrected"),
        "withdrawn": _("Records withdrawn"),
        "silent": _("Applications left without an answer"),
    }


def name_phase_code(value: str) -> str:
    """A phase in words."""
    return name_phase(Phase(value))


def format_percent(value: float) -> str:
    """A share in words: 18.3%; nothing is 0%, and what is less than half a thousandth is below it."""
    if value in (0, 1):
        return f"{value * 100:.0f}%"
    return _("under 0.1%") if value < 0.0005 else f"{value * 100:.1f}%"


def format_interval(share: ShareEstimate) -> str:
    """The interval of a share in words: 12.0 to 26.8%."""
    return _("%(low)s to %(high)s") % {"low": f"{share.low * 100:.1f}", "high": f"{share.high * 100:.1f}%"}


def format_number(value: float) -> str:
    """A figure in groups of three, with one decimal where it has a fraction."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def format_chance(value: float) -> str:
    """How often chance alone would differ as much, in words."""
    return "p < 0.001" if value < 0.001 else f"p = {value:.3f}" if value < 0.1 else f"p = {value:.2f}"
