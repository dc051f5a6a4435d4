"""What is refused of an identifier, and what is doubtful about one."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class SubjectsMessage(MessageCode):
    """Why a text names no subject, or may not name the one that is meant."""

    IDENTIFIER_TOO_LONG = (
        "identifier-too-long",
        _("An identifier of %(length)s characters is too long."),
        _("at most %(most)s"),
    )
    IDENTIFIER_AMBIGUOUS = (
        "identifier-ambiguous",
        _("More than one scheme has such values."),
        "%(identifiers)s",
    )
    IDENTIFIER_WITHOUT_SCHEME = (
        "identifier-without-scheme",
        _("An identifier needs its scheme."),
        _("scheme:value, such as %(example)s"),
    )
    IDENTIFIER_MISFORMED = (
        "identifier-misformed",
        _("This is no %(title)s."),
        _("%(shape)s, such as %(example)s"),
    )
    IDENTIFIER_MISFORMED_FOR_OWN_SCHEME = (
        "identifier-misformed-for-own-scheme",  # a scheme without an example
        _("This is no %(title)s."),
        "%(shape)s",
    )
    IDENTITY_NUMBER_OF_PERSON = (
        "identity-number-of-person",
        _("This is the identity number of a natural person: such numbers are not kept here."),
        "%(shape)s",
    )
    TAX_NUMBER_OF_PERSON = (
        "tax-number-of-person",
        _("This is the tax number of a natural person (four letters first): such numbers are not kept here."),
        "%(shape)s",
    )
    IDENTIFIER_FORM_DOUBTFUL = "identifier-form-doubtful", _("%(title)s: the form is %(shape)s.")
    CHECK_CHARACTER_DIFFERS = (
        "check-character-differs",
        _(
            "The last character is a check digit and is %(written)s where the others give %(right)s:"
            " a character may be wrong."
        ),
    )
    CHECK_CHARACTERS_DIFFER = (
        "check-characters-differ",
        _(
            "The last two are check digits and are %(written)s where the others give %(right)s:"
            " a character may be wrong."
        ),
    )
    TAX_NUMBER_WITHOUT_DATE = (
        "tax-number-without-date",
        _("The six digits %(digits)s are no date (year, month, day)."),
    )
    SCHEME_UNDECLARED = "scheme-undeclared", _("Nobody declared the scheme %(scheme)s."), _("one of %(schemes)s")
    SCHEME_NAME_REFUSED = (
        "scheme-name-refused",
        _("%(name)s cannot be the name of a new identifier scheme."),
        _("lower-case words joined by hyphens, not yet declared, such as fr-siren"),
    )
