"""What the register refuses of cases and of what leads to them: applications, mandates, replies, requests."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class CaseMessage(MessageCode):
    """Why an act in a case, or about what leads to one, is not written down."""

    ACT_NOT_YOURS = "act-not-yours", _("This act is not yours.")
    ACT_NOT_YOURS_IN_CASE = "act-not-yours-in-case", _("This act is not yours in this case.")
    ACT_NOT_YOURS_ON_FILE = "act-not-yours-on-file", _("This act is not yours on this file.")
    FILE_NOT_YOURS = "file-not-yours", _("This file is not yours.")
    DESK_NOT_YOURS = (
        "desk-not-yours",
        _("This desk is for those who work on cases."),
        _("charter article 18: each step names who holds it; clerks, deciders and appeal bodies of an office"),
    )
    CASE_CHANGED = "case-changed", _("Something was done in this case meanwhile."), _("a look at the case")
    LETTER_NOT_PRINTABLE = (
        "letter-not-printable",
        _("This letter cannot be made into a PDF here: no font on the server shows %(text)s."),
        _("the letter's page, printed from there; or a font for it on the server"),
    )
    CASE_MISSING = (
        "case-missing",
        _("There is no case %(position)s that you may see."),
        _("the number of a case of yours, such as GS-1204, and to be signed in (charter article 19)"),
    )
    CASE_WITHOUT_RULES = "case-without-rules", _("The rules of case %(position)s are not in force here.")
    CASE_UNDER_OBJECTION = (
        "case-under-objection",
        _("The same was rejected in GS-%(case)s, so this case is open under objection."),
        _("what is new since then, in words"),
    )
    REASONS_THIN = (
        "reasons-thin",
        _("These reasons are too short to keep an interim measure in force."),
        _("what endangers life, how you know, which article allows it, and what you say to the answer"),
    )
    RECORD_MISSING = "record-missing", _("There is no record %(position)s."), _("a record on your file")
    LETTER_MISSING = "letter-missing", _("No letter was written about event %(position)s.")
    ACT_TEXT_TOO_LONG = (
        "act-text-too-long",
        _("The text is too long."),
        _("at most %(most)s letters, the rest as a file"),
    )
    SERVICE_UNKNOWN = "service-unknown", _("There is no such way of service."), "%(services)s"
    ACT_ON_ANOTHER_DAY = (
        "act-on-another-day",
        _("It is %(today)s, and this act is dated %(day)s."),
        _("that day"),
    )

    LIST_MADE_FROM_OTHERS = "list-made-from-others", _("This list is made from others."), "%(lists)s"
    RECORD_TYPE_NOT_YOURS = (
        "record-type-not-yours",
        _("%(office)s may not state a %(record)s."),
        "%(catalogue)s",
    )
    INTERIM_UNKNOWN = (
        "interim-unknown",
        _("The law of this list knows no interim measure."),
        _("a proposal"),
    )
    KIND_NOT_CONCERNED = "kind-not-concerned", _("The list is for subjects of another kind."), "%(kinds)s"
    OCCURRED_OUT_OF_BOUNDS = (
        "occurred-out-of-bounds",
        _("It occurred before the law or in the future."),
        _("%(first)s to %(last)s"),
    )
    PROPOSAL_INCOMPLETE = (
        "proposal-incomplete",
        _("A proposal without reasons, reference or name."),
        _("facts, law and file number"),
    )
    SUBJECT_SPARED = "subject-spared", _("The law spares this subject: %(exemption)s."), _("charter article 8")
    SUBJECT_SPARED_AS_STATED = "subject-spared-as-stated", "%(says)s", _("charter article 8")  # the catalogue's words
    PROPOSED_ALREADY = (
        "proposed-already",
        _("GS-%(case)s is open about this already."),
        _("that case, or another file number"),
    )

    FIELD_UNKNOWN = "field-unknown", _("There is no field %(name)s."), "%(names)s"
    VALUE_TEXT = "value-text", _("a short text")
    VALUE_NUMBER = "value-number", _("a whole number, such as 120")
    VALUE_TRUTH = "value-truth", _("yes or no")
    VALUE_DAY = "value-day", _("year, month, day: 2026-03-02")
    FIELD_MISSING = "field-missing", _("%(field)s is missing.")
    FIELD_NO_TEXT = "field-no-text", _("%(field)s has characters that no text has."), _("a short text")
    FIELD_TOO_LONG = "field-too-long", _("%(field)s is too long.")
    FIELD_NO_NUMBER = "field-no-number", _("%(field)s is no whole number."), _("such as 120")
    FIELD_OUT_OF_BOUNDS = "field-out-of-bounds", _("%(field)s is out of bounds.")
    FIELD_NO_TRUTH = "field-no-truth", _("%(field)s is neither yes nor no."), _("yes or no")
    FIELD_NO_DAY = "field-no-day", _("%(field)s is no day."), _("year, month, day: 2026-03-02")
    FIELD_DAY_TOO_FAR = "field-day-too-far", _("%(field)s is on a day too far away.")
    FIELD_DAY_AHEAD = "field-day-ahead", _("%(field)s is on a day that is still to come.")
    FIELD_NO_CODE = "field-no-code", _("%(field)s is none of its codes.")

    RECORD_REPLACED = (
        "record-replaced",
        _("Something took this record's place."),
        _("the record at %(position)s"),
    )
    REPAIR_OF_NO_LISTING = (
        "repair-of-no-listing",
        _("No listing rests on this."),
        _("a record that a listing in force rests on"),
    )
    REPAIR_TOO_EARLY = (
        "repair-too-early",
        _("Repair can be asked for from %(day)s on."),
        _("performance, confirmed, ends it sooner"),
    )
    REQUEST_OPEN = (
        "request-open",
        _("%(case)s is open about this already."),
        _("more can be said in that case"),
    )
    REQUEST_UNREASONED = "request-unreasoned", _("Nothing is said."), _("what is wrong, and why")
    REPLY_MISSING = "reply-missing", _("There is no reply %(position)s."), _("a reply of yours that is shown")
    REPLY_BESIDE_NOTHING = (
        "reply-beside-nothing",
        _("No public entry rests on this."),
        _("a listing or grade that is in force now"),
    )
    REPLY_ENDED = "reply-ended", _("This reply ended on %(day)s."), _("nothing is left to retract")

    CLAIM_MISSING = (
        "claim-missing",
        _("There is no claim %(position)s for you."),
        _("the number of a claim that is open"),
    )
    CLAIM_OPEN = "claim-open", _("Your claim to this file is open already."), _("wait for the office")
    CLAIMS_TOO_MANY = (
        "claims-too-many",
        _("%(number)s claims of yours are open."),
        _("wait until some are settled"),
    )
    CLAIM_WITHOUT_PROOF = (
        "claim-without-proof",
        _("No proof came with this claim."),
        _("a power of attorney, or an extract of a commercial register, as a file"),
    )
    CLAIM_NOT_YOURS = "claim-not-yours", _("This claim is not yours to settle.")
    CLAIM_SETTLED = (
        "claim-settled",
        _("%(person)s settled this claim on %(day)s: %(outcome)s."),
        _("nothing is left to settle"),
    )
    MANDATE_MISSING = "mandate-missing", _("There is no mandate %(position)s."), _("the number of a mandate")
    MANDATE_UNCLAIMED = (
        "mandate-unclaimed",
        _("A mandate is granted to somebody who claimed it."),
        "/account/claim",
    )
    MANDATE_LAST_DAY = (
        "mandate-last-day",
        _("That is no last day for a mandate."),
        _("a day from %(first)s to %(last)s"),
    )
    MANDATE_NOT_YOURS = "mandate-not-yours", _("This mandate is not yours to revoke.")
    MANDATE_OVER = "mandate-over", _("This mandate ended on %(day)s."), _("nothing is left to revoke")

    APPLICATION_MISSING = (
        "application-missing",
        _("There is no application %(position)s for you."),
        _("the number of an application"),
    )
    LIST_NOT_OFFERED = (
        "list-not-offered",
        _("No source keeps this list here."),
        _("one of those to choose from"),
    )
    KIND_NOT_OFFERED = "kind-not-offered", _("Nobody of this kind can be on this list."), "%(kinds)s"
    AMOUNT_OUT_OF_BOUNDS = (
        "amount-out-of-bounds",
        _("That cannot be an amount."),
        _("a figure above 0, such as 1200.50"),
    )
    CURRENCY_UNKNOWN = (
        "currency-unknown",
        _("That is no currency."),
        _("three letters, such as EUR (ISO 4217)"),
    )
    APPLIED_ALREADY = (
        "applied-already",
        _("You have applied for this already."),
        _("application %(position)s"),
    )
    APPLICATIONS_TOO_MANY = (
        "applications-too-many",
        _("%(number)s applications of yours wait for an answer."),
        _("wait until some are answered, or complain about the silence"),
    )
    APPLIED_FOR_ANOTHER_LIST = (
        "applied-for-another-list",
        _("Another list was applied for."),
        _("%(list)s, or the application declined with reasons"),
    )
    APPLICATION_PROPOSED = (
        "application-proposed",
        _("It led to GS-%(case)s already."),
        _("that case"),
    )
    APPLICATION_DECLINED = (
        "application-declined",
        _("%(person)s declined it on %(day)s."),
        _("a new application, or a proposal without one"),
    )
    COMPLAINT_OPEN = (
        "complaint-open",
        _("Your complaint waits for the overseer's answer."),
        _("that answer first"),
    )
    COMPLAINT_MISSING = (
        "complaint-missing",
        _("No complaint waits for an answer."),
        _("an application with one that does"),
    )
