"""What the register refuses of cases and of what leads to them: applications, mandates, replies, requests."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class CaseMessage(MessageCode):
    """Why an act in a case, or about what leads to one, is not written down."""

    ACT_NOT_YOURS = "act-not-yours", _("You cannot do this.")
    ACT_NOT_YOURS_IN_CASE = "act-not-yours-in-case", _("You cannot do this in this case.")
    ACT_NOT_YOURS_ON_FILE = "act-not-yours-on-file", _("You cannot do this on this file.")
    FILE_NOT_YOURS = "file-not-yours", _("You do not act for this file.")
    DESK_NOT_YOURS = (
        "desk-not-yours",
        _("This page is for people who work on cases."),
        _("Sign in with the role of a clerk, a decider or an appeal body (charter article 18)."),
    )
    CASE_CHANGED = (
        "case-changed",
        _("The case has changed since you opened this page."),
        _("Open the case again and check what is new."),
    )
    LETTER_NOT_PRINTABLE = (
        "letter-not-printable",
        _("This letter cannot be made into a PDF here: no font on the server shows %(text)s."),
        _("Print the letter's page in your browser, or ask whoever runs the register to install a font for it."),
    )
    CASE_MISSING = (
        "case-missing",
        _("There is no case %(position)s that you may see."),
        _("Sign in, and use the number of one of your cases, such as GS-1204."),
    )
    CASE_WITHOUT_RULES = "case-without-rules", _("The rules of case %(position)s are not in force here.")
    CASE_UNDER_OBJECTION = (
        "case-under-objection",
        _("The same finding was rejected in GS-%(case)s. It can be upheld only for something new."),
        _("Write what is new since then."),
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
        _("Use at most %(most)s characters and attach the rest as a file."),
    )
    SERVICE_UNKNOWN = "service-unknown", _("This way of serving a letter does not exist."), "%(services)s"
    ACT_ON_ANOTHER_DAY = (
        "act-on-another-day",
        _("Today is %(today)s, but this act is dated %(day)s."),
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
        _("The law of this list does not provide for interim measures."),
        _("a proposal"),
    )
    KIND_NOT_CONCERNED = "kind-not-concerned", _("This list is for subjects of another kind."), "%(kinds)s"
    OCCURRED_OUT_OF_BOUNDS = (
        "occurred-out-of-bounds",
        _("The day is before the law was in force, or in the future."),
        _("%(first)s to %(last)s"),
    )
    PROPOSAL_INCOMPLETE = (
        "proposal-incomplete",
        _("The reasons, the file number or the name are missing."),
        _("Give the facts, the law, the file number and the name."),
    )
    SUBJECT_SPARED = "subject-spared", _("The law exempts this subject: %(exemption)s."), _("charter article 8")
    SUBJECT_SPARED_AS_STATED = "subject-spared-as-stated", "%(says)s", _("charter article 8")  # the catalogue's words
    PROPOSED_ALREADY = (
        "proposed-already",
        _("Case GS-%(case)s about this is already open."),
        _("Use that case, or enter another file number."),
    )

    FIELD_UNKNOWN = "field-unknown", _("There is no field %(name)s."), "%(names)s"
    VALUE_TEXT = "value-text", _("a short text")
    VALUE_NUMBER = "value-number", _("a whole number, such as 120")
    VALUE_TRUTH = "value-truth", _("yes or no")
    VALUE_DAY = "value-day", _("year, month, day: 2026-03-02")
    FIELD_MISSING = "field-missing", _("%(field)s is missing.")
    FIELD_NO_TEXT = "field-no-text", _("%(field)s contains characters that cannot be shown."), _("a short text")
    FIELD_TOO_LONG = "field-too-long", _("%(field)s is too long.")
    FIELD_NO_NUMBER = "field-no-number", _("%(field)s must be a whole number."), _("such as 120")
    FIELD_OUT_OF_BOUNDS = "field-out-of-bounds", _("%(field)s is too small or too large.")
    FIELD_NO_TRUTH = "field-no-truth", _("%(field)s must be yes or no."), _("yes or no")
    FIELD_NO_DAY = "field-no-day", _("%(field)s must be a date."), _("year, month, day: 2026-03-02")
    FIELD_DAY_TOO_FAR = "field-day-too-far", _("%(field)s is a date too far away.")
    FIELD_DAY_AHEAD = "field-day-ahead", _("%(field)s is a date in the future.")
    FIELD_NO_CODE = "field-no-code", _("%(field)s must be one of its codes.")

    RECORD_REPLACED = (
        "record-replaced",
        _("This record was replaced."),
        _("the record at %(position)s"),
    )
    REPAIR_OF_NO_LISTING = (
        "repair-of-no-listing",
        _("No listing is based on this record."),
        _("a record that a listing in force is based on"),
    )
    REPAIR_TOO_EARLY = (
        "repair-too-early",
        _("You can ask for repair from %(day)s."),
        _("If you perform the duty before then, ask the source to confirm it: that ends the listing sooner."),
    )
    REQUEST_OPEN = (
        "request-open",
        _("%(case)s about this is already open."),
        _("Add what you have to say in that case."),
    )
    REQUEST_UNREASONED = "request-unreasoned", _("The reasons are missing."), _("Write what is wrong, and why.")
    REPLY_MISSING = "reply-missing", _("There is no reply %(position)s."), _("a reply of yours that is shown")
    REPLY_BESIDE_NOTHING = (
        "reply-beside-nothing",
        _("No public entry is based on this."),
        _("a listing or grade that is in force now"),
    )
    REPLY_ENDED = "reply-ended", _("This reply ended on %(day)s."), _("You do not need to do anything.")

    CLAIM_MISSING = (
        "claim-missing",
        _("There is no claim %(position)s for you."),
        _("the number of a claim that is open"),
    )
    CLAIM_OPEN = "claim-open", _("You have already claimed this file."), _("Wait for the overseer's answer.")
    CLAIMS_TOO_MANY = (
        "claims-too-many",
        _("You already have %(number)s open claims."),
        _("Wait until some of them are decided."),
    )
    CLAIM_WITHOUT_PROOF = (
        "claim-without-proof",
        _("The proof is missing."),
        _("a power of attorney, or an extract of a commercial register, as a file"),
    )
    CLAIM_NOT_YOURS = "claim-not-yours", _("You cannot decide this claim.")
    CLAIM_SETTLED = (
        "claim-settled",
        _("%(person)s decided this claim on %(day)s: %(outcome)s."),
        _("You do not need to do anything."),
    )
    MANDATE_MISSING = "mandate-missing", _("There is no mandate %(position)s."), _("the number of a mandate")
    MANDATE_UNCLAIMED = (
        "mandate-unclaimed",
        _("A mandate can only be granted to somebody who claimed it."),
        "/account/claim",
    )
    MANDATE_LAST_DAY = (
        "mandate-last-day",
        _("The mandate cannot end on that day."),
        _("a day from %(first)s to %(last)s"),
    )
    MANDATE_NOT_YOURS = "mandate-not-yours", _("You cannot revoke this mandate.")
    MANDATE_OVER = "mandate-over", _("This mandate ended on %(day)s."), _("You do not need to do anything.")

    APPLICATION_MISSING = (
        "application-missing",
        _("There is no application %(position)s that you may see."),
        _("the number of an application"),
    )
    LIST_NOT_OFFERED = (
        "list-not-offered",
        _("No source keeps this list here."),
        _("Choose a list from the form."),
    )
    KIND_NOT_OFFERED = "kind-not-offered", _("Subjects of this kind cannot be on this list."), "%(kinds)s"
    AMOUNT_OUT_OF_BOUNDS = (
        "amount-out-of-bounds",
        _("This is not an amount."),
        _("a figure above 0, such as 1200.50"),
    )
    CURRENCY_UNKNOWN = (
        "currency-unknown",
        _("This is not a currency."),
        _("three letters, such as EUR (ISO 4217)"),
    )
    APPLIED_ALREADY = (
        "applied-already",
        _("You have already applied for this."),
        _("application %(position)s"),
    )
    APPLICATIONS_TOO_MANY = (
        "applications-too-many",
        _("%(number)s of your applications are waiting for an answer."),
        _("Wait until some are answered, or complain that they were not."),
    )
    APPLIED_FOR_ANOTHER_LIST = (
        "applied-for-another-list",
        _("The application was for another list."),
        _("%(list)s, or the application declined with reasons"),
    )
    APPLICATION_PROPOSED = (
        "application-proposed",
        _("It has already led to case GS-%(case)s."),
        _("that case"),
    )
    APPLICATION_DECLINED = (
        "application-declined",
        _("%(person)s declined this application on %(day)s."),
        _("a new application, or a proposal without one"),
    )
    COMPLAINT_OPEN = (
        "complaint-open",
        _("Your complaint is waiting for the overseer's answer."),
        _("Wait for that answer."),
    )
    COMPLAINT_MISSING = (
        "complaint-missing",
        _("No complaint is waiting for an answer."),
        _("an application with one that does"),
    )
