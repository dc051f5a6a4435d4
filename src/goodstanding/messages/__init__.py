"""What is said below the pages, as codes with parameters, and their words: what is wrong and what would be right.

One module a room holds its codes. The command line and the pages both read them, each in its own language, by the
standard library's gettext. Whoever does one thing or another after a refusal looks at the code, never at the words.
"""

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
from goodstanding.messages.message_codes import Message, MessageCode, find_code
from goodstanding.messages.oversight_messages import EnactmentMessage, OversightMessage
from goodstanding.messages.procedure_messages import ProcedureMessage
from goodstanding.messages.register_messages import RegisterMessage
from goodstanding.messages.rule_messages import RuleMessage
from goodstanding.messages.settings_messages import SettingsMessage
from goodstanding.messages.subjects_messages import SubjectsMessage
from goodstanding.messages.submission_messages import SubmissionMessage

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
]
