"""Articles 1 to 5: what may not be held, and what would be right."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class EntryMessage(MessageCode):
    """Why something may not be held, in the order of the articles, and what would be right."""

    INSTRUMENT_UNPUBLISHED = (
        "instrument-unpublished",
        _("%(instrument)s was never published, so what it says is void."),
        _("an article of a law, regulation or public notice that anybody can read"),
    )
    INSTRUMENT_COPIED = (
        "instrument-copied",
        _("%(instrument)s only repeats %(original)s, which was never published."),
        _("an instrument that was published itself and says more than the unpublished one"),
    )
    INSTRUMENT_UNNAMED = (
        "instrument-unnamed",
        _("An instrument without a title, so that nobody can look it up."),
        _("title: what the law is called where it was published"),
    )
    ARTICLE_UNNAMED = (
        "article-unnamed",
        _("art. %(article)s of %(instrument)s has no title, so nobody learns what it says."),
        _("for the article a title: what it is about, in a few words"),
    )
    INSTRUMENT_WITHOUT_JURISDICTION = (
        "instrument-without-jurisdiction",
        _("Nothing says where %(instrument)s is in force."),
        _("jurisdiction: the country, region or body of states whose law it is"),
    )
    INSTRUMENT_OF_REGISTER = (
        "instrument-of-register",
        _("%(instrument)s is the register’s own text, and no law."),
        _("an article of the law that lets the register do this; its own rules rest on that law"),
    )
    CHARTER_AS_BASIS = (
        "charter-as-basis",
        _("Article %(article)s of the charter protects; it is no basis for what burdens somebody."),
        _("the article of the law that burdens; the charter for notice, reply, appeal, repair, spares and ends"),
    )
    PURPOSE_NOT_IN_CHARTER = (
        "purpose-not-in-charter",
        _("The purpose %(word)s does not exist. %(explanation)s"),
        _("one of %(near)s"),
    )
    CONDUCT_NOT_IN_CHARTER = (
        "conduct-not-in-charter",
        _("The conduct %(word)s does not exist. %(explanation)s"),
        _("one of %(near)s; or a version of the charter that adds it, with its law, its sector and its relations"),
    )
    KIND_NOT_IN_CHARTER = (
        "kind-not-in-charter",
        _("The kind %(word)s does not exist. %(explanation)s"),
        _("one of %(near)s"),
    )
    FIELD_NOT_IN_CHARTER = (
        "field-not-in-charter",
        _("The field %(word)s does not exist. %(explanation)s"),
        _("one of %(near)s"),
    )
    AUDIENCE_NOT_IN_CHARTER = (
        "audience-not-in-charter",
        _("The audience %(word)s does not exist. %(explanation)s"),
        _("one of %(near)s; or the kind of source that states the records on which the measure rests"),
    )
    WORD_UNEXPLAINED = "word-unexplained", _("It is not in the charter's list.")
    ORGANISATIONS_UNSPARED = (
        "organisations-unspared",
        _("Media, religious bodies, unions, parties and associations enter for money judgments only."),
        _("organisations: undertakings"),
    )
    CONDUCT_UNSTATED = (
        "conduct-unstated",
        _("The record type does not say which conduct it is about."),
        _("conduct: a word of the charter's list, or about: the record type that it follows"),
    )
    KIND_UNSTATED = (
        "kind-unstated",
        _("The field does not say which kind of thing it holds."),
        _("kind: one of %(kinds)s"),
    )
    FREE_TEXT_PUBLIC = (
        "free-text-public",
        _("Free text is for the parties; what anybody sees is coded."),
        _("%(field)s with public: false, or as a code with one_of: and every word that it can have"),
    )
    FREE_TEXT_REFERENCE = (
        "free-text-reference",
        _("In the feed %(feed)s the reference, which anybody sees, is read from a column of free text, %(column)s."),
        _("a column with the numbers of decisions or documents alone"),
    )
    OPEN_CODE_PUBLIC = (
        "open-code-public",
        _("%(field)s can hold any text, and anybody sees it."),
        _("one_of: with every code that %(field)s can have, or public: false"),
    )
    PERSON_WITHOUT_COURT = (
        "person-without-court",
        _("Only a court enters a person."),
        _("by: one of %(courts)s, or a kind under courts: with the article that founds it"),
    )
    COURT_DIRECTED = (
        "court-directed",
        _("Somebody who is no court stands above the %(court)s."),
        _("above: another court, or nobody"),
    )
    COURT_INVESTIGATES = (
        "court-investigates",
        _("The %(court)s states findings, reports or scores, which no court does."),
        _("records of the court that are a decision, or a step of a case; another kind of source for the rest"),
    )
    COURT_UNFOUNDED = (
        "court-unfounded",
        _("The article that founds the %(court)s was not compared with its text."),
        _("verified: true, once it was; only then is the kind a court"),
    )
    PERSON_FOR_OTHER_CONDUCT = (
        "person-for-other-conduct",
        _("A person enters for money or delivery that a court awarded, no more."),
        _(
            "a decision about unperformed-money-judgment or unperformed-delivery-judgment, a step that is about one,"
            " or what somebody brings who asks for a score"
        ),
    )
    PERSON_FIELD = (
        "person-field",
        _("The field %(field)s holds this of a person: %(kind)s."),
        _("what was awarded, is due, was paid or was decided"),
    )
    PERSON_RECORD_PUBLIC = (
        "person-record-public",
        _("A record about a person is never published."),
        _("audience: parties"),
    )
    PERSON_LIST_PUBLIC = "person-list-public", _("A list of persons is never published."), _("audience: parties")
    PERSON_LIST_COPIED = (
        "person-list-copied",
        _("A list of persons is given out as a whole; persons are looked up one at a time."),
        _("copies: nobody"),
    )
    PERSON_LOOK_UP = (
        "person-look-up",
        _("Nobody may look a person up for this purpose."),
        _("purpose: one of %(purposes)s"),
    )
    PERSON_UNSPARED = (
        "person-unspared",
        _("The case does not spare whom the charter spares: %(exemption)s."),
        _("spares: with %(exemption)s, and when it holds"),
    )
    SCHEME_TAKES_NAMES = (
        "scheme-takes-names",
        _("The identifiers %(scheme)s can be names, by which files of one owner would join."),
        _("a pattern with digits, as numbers and codes of a register have them"),
    )
    FEED_OF_OTHERS = (
        "feed-of-others",
        _("The feed %(feed)s names subjects of another kind than its records are about: %(kind)s."),
        _("kind: one of %(kinds)s"),
    )
    OWNER_JOINED = (
        "owner-joined",
        _("In the feed %(feed)s a field repeats a name, which leads to other premises of an owner: %(field)s."),
        _("no field from a column of names; each premises has an identifier of its own"),
    )
    PERSON_SCORE = (
        "person-score",
        _("A score of persons."),
        _(
            "a score that its subject asks for (asked_by: subject, kept: false, audience: parties), for"
            " extending-credit alone, from a disclosure of amounts, counts, days, performance or ability"
        ),
    )
    PERSON_SCORES_JOINED = (
        "person-scores-joined",
        _("A second score of persons beside %(scheme)s, so that the two can be put together."),
        _("one score of persons in a catalogue"),
    )
    PERSON_DEED = (
        "person-deed",
        _("Good deeds of persons are not recorded."),
        _("concerns: [organisation], with consent"),
    )
    DEED_WITHOUT_CONSENT = (
        "deed-without-consent",
        _("Good deeds of organisations are recorded only with their consent."),
        _("consent: a field that is true where they agreed, or the day on which they did"),
    )
    CONSENT_FILLED = (
        "consent-filled",
        _("The feed %(feed)s says that somebody agreed who may not have."),
        _("a column of the consent itself, with no text, no otherwise and no yes for any other cell"),
    )
    PERSON_BENEFIT = (
        "person-benefit",
        _("A person's conduct earns no favours."),
        _("a benefit for organisations, or none"),
    )
