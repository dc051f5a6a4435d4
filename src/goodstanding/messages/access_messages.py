"""The rules of access: because of which of them somebody may see or do something, or may not."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class AccessMessage(MessageCode):
    """A rule of access, with the article of the charter that it rests on."""

    PERSON_NEVER_PUBLISHED = (
        "person-never-published",
        _("charter article 3: a natural person is never published"),
    )
    NOW_FOR_ANYBODY = "now-for-anybody", _("charter article 19: anybody sees what is in force now")
    FILES_FOR_OVERSEER = "files-for-overseer", _("charter article 19: the overseer sees every file")
    FILE_FOR_SUBJECT = "file-for-subject", _("charter article 19: the subject sees its own file")
    FILES_FOR_SOURCE = (
        "files-for-source",
        _("charter article 19: a source sees the files it has stated records about"),
    )
    FILES_FOR_BODIES = (
        "files-for-bodies",
        _("charter article 19: the deciding and appeal bodies see the files they decide on"),
    )
    FILES_FOR_PARTIES = (
        "files-for-parties",
        _(
            "charter article 19: other moments, and what is between the parties, are for the subject, its source,"
            " deciders and the overseer"
        ),
    )
    OPERATOR_SEES_AS_ANYBODY = (
        "operator-sees-as-anybody",
        _("charter article 19: whoever runs the register sees of a file what anybody sees; ask in the role of a party"),
    )
    OWN_FILE = (
        "own-file",
        _("charter article 19: the subject sees its own file, at any moment, and who looked at it"),
    )
    OWN_FILE_FOR_SUBJECT = (
        "own-file-for-subject",
        _("charter article 19: a subject's own file, and who looked at it, are for those who act for the subject"),
    )
    LISTS_FROM_OPERATOR = (
        "lists-from-operator",
        _("charter article 21: whoever runs the register hands its lists to registered recipients"),
    )
    LISTS_FOR_RECIPIENTS = (
        "lists-for-recipients",
        _("charter article 21: bulk lists go to registered recipients"),
    )
    LISTS_FOR_RECIPIENTS_ONLY = (
        "lists-for-recipients-only",
        _("charter article 21: bulk lists go to registered recipients only"),
    )
    RECORDS_BY_SOURCE = (
        "records-by-source",
        _("charter article 18: each step names who holds it; a source states its own records"),
    )
    RECORDS_BY_SOURCE_ONLY = (
        "records-by-source-only",
        _("charter article 18: each step names who holds it; only a clerk of the source itself states its records"),
    )
    KEYS_BY_OPERATOR = (
        "keys-by-operator",
        _("charter article 23: sources sign their batches; whoever runs the register admits their keys"),
    )
    KEYS_BY_OPERATOR_ONLY = (
        "keys-by-operator-only",
        _("charter article 23: only whoever runs the register admits the keys that sources sign with"),
    )
    SOURCES_BY_OVERSEER = (
        "sources-by-overseer",
        _("charter article 18: each step names who holds it; two people of the overseer's office admit sources"),
    )
    SOURCES_BY_OVERSEER_ONLY = (
        "sources-by-overseer-only",
        _("charter article 18: each step names who holds it; only the overseer's office admits sources"),
    )
    OVERSEER_WATCHES = (
        "overseer-watches",
        _("charter article 23: authorities answer for errors and disparity, and the overseer watches"),
    )
    FIGURES_FOR_ANYBODY = (
        "figures-for-anybody",
        _(
            "charter article 23: cases and officials behind the figures are for the overseer; the figures are for"
            " anybody"
        ),
    )
    CASE_FOR_BODY = "case-for-body", _("charter article 14: an appeal body that stands apart hears the case")
    CASES_FOR_SUBJECT = "cases-for-subject", _("charter article 13: the subject sees its own cases whole")
    CASES_FOR_SOURCE = (
        "cases-for-source",
        _("charter article 13: the source sees its own cases, and so does who decides in them"),
    )
    CASES_FOR_PARTIES = (
        "cases-for-parties",
        _(
            "charter articles 13 and 19: a case is open to its subject, its source and who decides in it, to an appeal"
            " body that stands apart once it has something to hear, and to the overseer"
        ),
    )

    ACT_OF_NOBODY = "act-of-nobody", _("no rule names this act")
    CLERK_PROPOSES = "clerk-proposes", _("charter article 13: a clerk of the source proposes")
    SOURCE_TELLS = "source-tells", _("charter article 12: the source tells the subject")
    SUBJECT_REPLIES = "subject-replies", _("charter article 13: the subject replies")
    DECIDER_DECIDES = "decider-decides", _("charter article 13: a decider of the source decides")
    SOURCE_SERVES = "source-serves", _("charter article 12: the source serves the decision")
    SUBJECT_APPEALS = "subject-appeals", _("charter article 14: the subject appeals")
    BODY_LIFTS = "body-lifts", _("charter article 14: a court or appeal body lifts the suspension")
    BODY_DECIDES = "body-decides", _("charter article 14: the appeal body decides")
    DECIDER_IMPOSES = (
        "decider-imposes",
        _("charter article 16: a decider of the source imposes an interim measure"),
    )
    BODY_HEARS = "body-hears", _("charter article 16: the appeal body hears an interim measure")
    PERFORMANCE_CONFIRMED = (
        "performance-confirmed",
        _("charter article 11: the source, or who applied, confirms performance"),
    )
    OPENER_WITHDRAWS = "opener-withdraws", _("whoever opened a case withdraws it")
    SUBJECT_DISPUTES = "subject-disputes", _("charter article 14: the subject disputes a record")
    SUBJECT_DISPUTES_LINK = (
        "subject-disputes-link",
        _("charter article 14: the subject disputes that a record is about it"),
    )
    REPAIR_BY_SUBJECT = "repair-by-subject", _("charter article 17: repair is the subject's right")
    DECIDER_REPAIRS = "decider-repairs", _("charter article 17: a decider of the source decides on repair")
    CASE_OF_ANOTHER_SUBJECT = "case-of-another-subject", _("this is another subject's case")
    CASE_OF_ANOTHER_SOURCE = "case-of-another-source", _("this is another source's case")
    CASE_OF_ANOTHER_APPLICANT = "case-of-another-applicant", _("this is another applicant's case")
    BODY_NOT_APART = "body-not-apart", _("charter article 14: this body stands above or below the source")
    SUBJECT_SPEAKS = (
        "subject-speaks",
        _("charter article 13: a subject answers, in public too, in its own words and about itself alone"),
    )

    LISTING_ASKED_FOR = (
        "listing-asked-for",
        _("charter article 6: a person may ask for a listing, which only a decision can give"),
    )
    CLERK_ANSWERS = "clerk-answers", _("charter article 18: a clerk of the source answers an application")
    APPLICANT_COMPLAINS = (
        "applicant-complains",
        _("charter article 23: who applied may complain about how it was handled"),
    )
    OVERSEER_ANSWERS = (
        "overseer-answers",
        _("charter article 23: the overseer answers complaints about authorities"),
    )
    OWN_APPLICATION = (
        "own-application",
        _("charter article 13: nobody handles what they applied for themselves"),
    )
    APPLICATION_FOR_PARTIES = (
        "application-for-parties",
        _("charter article 19: an application is for whoever made it, the clerks of its source, and the overseer"),
    )

    MANDATE_BY_OFFICE = (
        "mandate-by-office",
        _(
            "charter article 18: an appeal body that stands apart confirms a mandate, or the overseer; a source does"
            " not, for it may be the accuser"
        ),
    )
    CLAIM_WITH_OVERSEER = (
        "claim-with-overseer",
        _("charter article 23: the office did not answer by its last day, so the overseer does"),
    )
    OWN_CLAIM = "own-claim", _("charter article 13: nobody decides on what they asked for themselves")
    MANDATE_REVOKED_BY = (
        "mandate-revoked-by",
        _(
            "charter article 18: a mandate is revoked by whoever holds it, by representatives who acted for the subject"
            " before it was granted, by the office that granted it, or by the overseer"
        ),
    )
