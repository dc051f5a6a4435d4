"""Every kind of event that the ledger of a register keeps: what each is about, and whether it can be erased.

The values stand in the ledger for ever. The acts in cases are those of `procedure`, those of erasing are the ledger's.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from goodstanding.ledger import content_erasure
from goodstanding.procedure.case_states import Act


class EventKind(StrEnum):
    """A kind of event, as its body and its row name it; `about` is what it changes."""

    about: str
    erasable: bool

    def __new__(cls, value: str, about: str, erasable: bool = True) -> EventKind:
        """A kind, with what its events are about; what says how the register is run is never erased."""
        kind = str.__new__(cls, value)
        kind._value_, kind.about, kind.erasable = str(value), about, erasable
        return kind

    REGISTER_OPENED = "RegisterOpened", "register", False

    CATALOGUE_DRAFTED = "CatalogueDrafted", "rules", False
    COMMENT_RECEIVED = "CommentReceived", "rules", False
    COMMENT_ANSWERED = "CommentAnswered", "rules", False
    DRAFT_REVIEWED = "DraftReviewed", "rules", False
    DRAFT_SIGNED = "DraftSigned", "rules", False
    DRAFT_WITHDRAWN = "DraftWithdrawn", "rules", False
    CATALOGUE_ENACTED = "CatalogueEnacted", "rules", False

    AUTHORITY_MERGED = "AuthorityMerged", "authority", False
    AUTHORITY_RENUMBERED = "AuthorityRenumbered", "authority", False

    SOURCE_CHANGE_PROPOSED = "SourceChangeProposed", "source", False
    SOURCE_CHANGE_DECLINED = "SourceChangeDeclined", "source", False
    SOURCES_ADMITTED = "SourcesAdmitted", "source", False
    SOURCE_ENDED = "SourceEnded", "source", False

    STATEMENT_RECEIVED = "StatementReceived", "submission", False
    KEY_ADDED = "KeyAdded", "source key", False
    KEY_ROTATED = "KeyRotated", "source key", False
    KEY_REVOKED = "KeyRevoked", "source key", False

    RECORD_ISSUED = "RecordIssued", "record"
    RECORD_CORRECTED = "RecordCorrected", "record"
    RECORD_WITHDRAWN = "RecordWithdrawn", "record"

    CASE_PROPOSED = Act.PROPOSE.value, "case"
    NOTICE_SERVED = Act.SERVE_NOTICE.value, "case"
    REPLY_FILED = Act.REPLY.value, "case"
    CASE_DECIDED = Act.DECIDE.value, "case"
    DECISION_SERVED = Act.SERVE_DECISION.value, "case"
    APPEAL_FILED = Act.APPEAL.value, "case"
    SUSPENSION_LIFTED = Act.LIFT_SUSPENSION.value, "case"
    APPEAL_DECIDED = Act.DECIDE_APPEAL.value, "case"
    INTERIM_IMPOSED = Act.IMPOSE_INTERIM.value, "case"
    INTERIM_HEARD = Act.HEAR_INTERIM.value, "case"
    OBLIGATION_PERFORMED = Act.PERFORM.value, "case"
    CASE_WITHDRAWN = Act.WITHDRAW.value, "case"
    RECORD_DISPUTED = Act.DISPUTE_RECORD.value, "case"
    LINK_DISPUTED = Act.DISPUTE_LINK.value, "case"
    DISPUTE_DECIDED = Act.DECIDE_DISPUTE.value, "case"
    REPAIR_REQUESTED = Act.ASK_REPAIR.value, "case"
    REPAIR_DECIDED = Act.DECIDE_REPAIR.value, "case"
    CASE_UNDONE = Act.UNDO.value, "case"

    MANDATE_CLAIMED = "MandateClaimed", "mandate"
    MANDATE_GRANTED = "MandateGranted", "mandate"
    MANDATE_REFUSED = "MandateRefused", "mandate"
    MANDATE_REVOKED = "MandateRevoked", "mandate"

    LISTING_APPLIED = "ListingApplied", "application"
    APPLICATION_PROPOSED = "ApplicationProposed", "application"
    APPLICATION_DECLINED = "ApplicationDeclined", "application"
    COMPLAINT_FILED = "ComplaintFiled", "application"
    COMPLAINT_ANSWERED = "ComplaintAnswered", "application"

    REPLY_PUBLISHED = "ReplyPublished", "reply"
    REPLY_RETRACTED = "ReplyRetracted", "reply"

    RECORD_SAMPLED = "RecordSampled", "sample"

    ERASURE_ASKED = content_erasure.ASKED, "erasure", False
    CONTENT_ERASED = content_erasure.ERASED, "erasure", False
    ERASURE_REFUSED = content_erasure.REFUSED, "erasure", False


def list_kinds_about(about: str) -> tuple[EventKind, ...]:
    """The kinds of events that are about something, in the order of the enumeration."""
    return tuple(kind for kind in EventKind if kind.about == about)


def render_sql_list(kinds: Iterable[str]) -> str:
    """Kinds as SQL lists them between brackets."""
    return ", ".join(f"'{kind}'" for kind in kinds)


MANDATE_KINDS = list_kinds_about("mandate")
APPLICATION_KINDS = list_kinds_about("application")
REPLY_KINDS = list_kinds_about("reply")
SAMPLE_KINDS = list_kinds_about("sample")
SOURCE_KEY_KINDS = list_kinds_about("source key")
ENACTMENT_KINDS = list_kinds_about("rules")
SOURCE_KINDS = list_kinds_about("source")
AUTHORITY_KINDS = list_kinds_about("authority")
KEPT_KINDS = tuple(kind for kind in EventKind if not kind.erasable)
