"""What is said below the pages, as codes with parameters, and their words: what is wrong and what would be right.

One module a room holds its codes. The command line and the pages both read them, each in its own language, by the
standard library's gettext. Whoever does one thing or another after a refusal looks at the code, never at the words.

A room's codes are loaded when they are first asked for: a process that says little should begin soon.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from goodstanding.messages.message_codes import Message, MessageCode

if TYPE_CHECKING:
    from goodstanding.messages.access_messages import AccessMessage
    from goodstanding.messages.articles.consequence_messages import ConsequenceMessage
    from goodstanding.messages.articles.decision_messages import DecisionMessage
    from goodstanding.messages.articles.entry_messages import EntryMessage
    from goodstanding.messages.articles.review_messages import ReviewMessage
    from goodstanding.messages.articles.term_messages import TermMessage
    from goodstanding.messages.case_messages import CaseMessage
    from goodstanding.messages.catalogue_messages import CatalogueMessage
    from goodstanding.messages.charter_messages import ArticleMessage, CharterMessage
    from goodstanding.messages.evidence_messages import DocumentMessage, EvidenceMessage
    from goodstanding.messages.intake_messages import IntakeMessage
    from goodstanding.messages.laboratory.assessment_messages import AssessmentMessage
    from goodstanding.messages.laboratory.behaviour_messages import BehaviourMessage
    from goodstanding.messages.laboratory.experiment_messages import ExperimentMessage
    from goodstanding.messages.laboratory.run_messages import RunMessage
    from goodstanding.messages.laboratory.world_messages import LaboratoryMessage
    from goodstanding.messages.ledger_messages import LedgerMessage
    from goodstanding.messages.oversight_messages import EnactmentMessage, OversightMessage
    from goodstanding.messages.procedure_messages import ProcedureMessage
    from goodstanding.messages.register_messages import RegisterMessage
    from goodstanding.messages.rule_messages import RuleMessage
    from goodstanding.messages.settings_messages import SettingsMessage
    from goodstanding.messages.subjects_messages import SubjectsMessage
    from goodstanding.messages.submission_messages import SubmissionMessage

_MODULES = {
    "AccessMessage": "access_messages",
    "ArticleMessage": "charter_messages",
    "AssessmentMessage": "laboratory.assessment_messages",
    "BehaviourMessage": "laboratory.behaviour_messages",
    "CaseMessage": "case_messages",
    "CatalogueMessage": "catalogue_messages",
    "CharterMessage": "charter_messages",
    "ConsequenceMessage": "articles.consequence_messages",
    "DecisionMessage": "articles.decision_messages",
    "DocumentMessage": "evidence_messages",
    "EnactmentMessage": "oversight_messages",
    "EntryMessage": "articles.entry_messages",
    "EvidenceMessage": "evidence_messages",
    "ExperimentMessage": "laboratory.experiment_messages",
    "IntakeMessage": "intake_messages",
    "LaboratoryMessage": "laboratory.world_messages",
    "LedgerMessage": "ledger_messages",
    "OversightMessage": "oversight_messages",
    "ProcedureMessage": "procedure_messages",
    "RegisterMessage": "register_messages",
    "ReviewMessage": "articles.review_messages",
    "RuleMessage": "rule_messages",
    "RunMessage": "laboratory.run_messages",
    "SettingsMessage": "settings_messages",
    "SubjectsMessage": "subjects_messages",
    "SubmissionMessage": "submission_messages",
    "TermMessage": "articles.term_messages",
}

__all__ = [
    "AccessMessage",
    "ArticleMessage",
    "AssessmentMessage",
    "BehaviourMessage",
    "CaseMessage",
    "CatalogueMessage",
    "CharterMessage",
    "ConsequenceMessage",
    "DecisionMessage",
    "DocumentMessage",
    "EnactmentMessage",
    "EntryMessage",
    "EvidenceMessage",
    "ExperimentMessage",
    "IntakeMessage",
    "LaboratoryMessage",
    "LedgerMessage",
    "Message",
    "MessageCode",
    "OversightMessage",
    "ProcedureMessage",
    "RegisterMessage",
    "ReviewMessage",
    "RuleMessage",
    "RunMessage",
    "SettingsMessage",
    "SubjectsMessage",
    "SubmissionMessage",
    "TermMessage",
    "find_code",
    "list_codes",
]


def __getattr__(name: str) -> Any:
    """The codes of a room, from its module, which is loaded now."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = codes = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    return codes


def find_code(code: str) -> MessageCode | None:
    """The code of that name in any room; None where there is none, or no longer."""
    return _map_codes().get(code)


def list_codes() -> list[MessageCode]:
    """The codes of all rooms."""
    rooms: list[type[MessageCode]] = [getattr(sys.modules[__name__], name) for name in _MODULES]
    return [code for room in rooms for code in room]


@cache
def _map_codes() -> Mapping[str, MessageCode]:
    return {str(code): code for code in list_codes()}
