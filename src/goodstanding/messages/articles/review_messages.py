"""What is wrong with a reviewer's answers about records (articles 2, 3 and 23), and what would be right."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _

_REVIEW = "goodstanding catalogue review %(catalogue)s"


class ReviewMessage(MessageCode):
    """Why an answer is none, and why nobody can sign as reviewer yet."""

    ANSWER_MISSING = (
        "answer-missing",
        _("Nobody answered what this really records, and about whom."),
        _("records: what it holds, in plain words; about: of %(words)s"),
    )
    ANSWER_REPEATED = "answer-repeated", _("There are two answers."), _("one answer to each question")
    ANSWER_UNASKED = "answer-unasked", _("The catalogue asks nothing of that name."), "%(near)s"
    ANSWER_TO_ANOTHER_DEFINITION = (
        "answer-to-another-definition",
        _("The answer was given to another definition than that of the draft."),
        _("an answer to what it is now; definition: %(digest)s"),
    )
    ANSWER_OF_FORBIDDEN_CHARACTERS = (
        "answer-of-forbidden-characters",
        _("An answer has none of the characters %(characters)s where they stand."),
        _("plain words on one line, with single spaces"),
    )
    ANSWER_TOO_SHORT = (
        "answer-too-short",
        _("The answer has fewer than %(least)s words."),
        _("plain words that say what the source writes here, and from where it knows"),
    )
    ANSWER_TOO_LONG = "answer-too-long", _("The answer is too long."), _("%(most)s characters at most")
    ANSWER_REPEATS_TITLE = (
        "answer-repeats-title",
        _("The answer only repeats the name that the rules give."),
        _("what the source really writes here, in other words than the rules"),
    )
    ABOUT_UNSTATED = "about-unstated", _("The answer does not say about whom it is."), _("about: of %(words)s")
    ABOUT_NOT_IN_CHARTER = (
        "about-not-in-charter",
        _("Nothing is recorded about %(word)s. %(explanation)s"),
        _("about: of %(near)s; or rules without what the answer says (charter, articles 2 and 3)"),
    )
    ABOUT_OTHERS = (
        "about-others",
        _("The rules let this be about %(kinds)s, not so as the answer says: %(title)s."),
        _("about: of %(words)s; or rules that say whom it concerns (charter, articles 2 and 3)"),
    )
    ABOUT_LEAVES_OUT = (
        "about-leaves-out",
        _("By the rules the record can be about others, of whom the answer says nothing: %(kinds)s."),
        _("about: all that fit of %(words)s; or rules that concern nobody else"),
    )
    OFFICIAL_LEFT_OUT = (
        "official-left-out",
        _("By the rules the field is of this kind, and the answer says that it is not: %(title)s."),
        _("about: official; or another kind"),
    )
    SHEET_OF_ANOTHER_DRAFT = (
        "answers-of-another-draft",
        _("The answers were written for another draft: %(key)s is %(value)s."),
        "%(right)s",
    )
    SHEET_FORM_WRONG = (
        "answers-of-another-form",
        _("This is not of the form of answers."),
        _("answers: by place, each with definition, records and about, as goodstanding catalogue review NAME prints"),
    )
    REVIEW_INCOMPLETE = (
        "review-incomplete",
        _("The reviewer has to say first what the records of %(catalogue)s really record: %(place)s. %(problem)s"),
        _REVIEW + " --answers FILE --by WHO",
    )
    REVIEW_UNSIGNED = (
        "enacted-without-review",
        _("No reviewer signed, by the same account, answers to what the records really record: %(place)s. %(problem)s"),
        _("a new version, whose reviewer answers each question: goodstanding catalogue review NAME"),
    )
    REVIEW_OF_ANOTHER = (
        "review-of-another",
        _("Who signed as reviewer had not answered."),
    )
