"""What is refused of an identifier, what is doubtful about one, and what the declared schemes are called."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class SubjectsMessage(MessageCode):
    """Why a text names no subject, or may not name the one that is meant; `TITLE` and `SHAPE` say what a scheme is."""

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
    EITHER_IDENTIFIER = "either-identifier", _("%(first)s or %(second)s")
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
    PATTERN_UNREADABLE = (
        "pattern-unreadable",
        _("%(pattern)s cannot be read from character %(place)s on."),
        _("capital letters, digits, - _ / & and \\., [0-9A-Z], (AB|C), ?, {8} and {2,4}"),
    )
    PATTERN_TOO_WIDE = (
        "pattern-too-wide",
        _("%(pattern)s has too many forms, or values that are empty or too long."),
        _("at most %(forms)s forms of at most %(length)s characters each; lengths written out as {8} or {2,4}"),
    )
    SCHEME_TAKES_PERSONS = (
        "scheme-takes-persons",
        _("The identifiers %(scheme)s can be numbers of natural persons (%(persons)s): no register declares such."),
        _("a pattern that no number of a person fits"),
    )
    SCHEME_SPELT_ALIKE = (
        "scheme-spelt-alike",
        _("%(name)s is written like the identifier scheme %(other)s."),
        _("another name"),
    )
    SCHEME_OF_OTHER_KINDS = (
        "scheme-of-other-kinds",
        _("Identifiers %(scheme)s are not for a subject of the kind %(kind)s."),
        _("another scheme, or a subject of the kind %(kinds)s"),
    )
    SCHEME_SHARED = (
        "scheme-shared",
        _("Several can have the same %(title)s: it does not say who is meant."),
        _("an identifier of another scheme"),
    )
    SCHEMES_SHARED = (
        "schemes-shared",
        _("Several can have the same identifiers of this feed: none says who is meant."),
        _("one more identifier, of a scheme that is unique"),
    )
    CHECK_UNFIT = (
        "check-unfit",
        _("The check %(check)s cannot be made of every value of %(pattern)s."),
        _("a pattern whose values the check can read, with one weight for each character before the last"),
    )
    EXAMPLE_WRONG = (
        "example-wrong",
        _("The example %(example)s is no value of the scheme as it is declared: %(problem)s"),
        _("a value in its canonical spelling whose check holds"),
    )

    # schemes
    TITLE_CN_USCC = "title-cn-uscc", _("Unified Social Credit Code (China)")
    TITLE_CN_ORG_CODE = "title-cn-org-code", _("Organisation code (China, until 2015)")
    TITLE_CN_REG_NO = "title-cn-reg-no", _("Business registration number (China, from 2007)")
    TITLE_MX_RFC = "title-mx-rfc", _("Tax number of a legal entity, RFC (Mexico)")
    TITLE_LEI = "title-lei", _("Legal Entity Identifier")
    TITLE_UK_COMPANY = "title-uk-company", _("Company number (United Kingdom)")
    TITLE_UK_FHRS_ROW = "title-uk-fhrs-row", _("Row of the compiled food hygiene ratings of 2015 (United Kingdom)")
    TITLE_UK_FSA_PROSECUTION = (
        "title-uk-fsa-prosecution",
        _("Food law prosecution, Food Standards Agency (United Kingdom)"),
    )
    TITLE_CA_NUMBERED_COMPANY = "title-ca-numbered-company", _("Number of a numbered company (Canada and Québec)")
    TITLE_US_NYC_CAMIS = "title-us-nyc-camis", _("Food establishment, CAMIS number (New York City)")
    SHAPE_CN_USCC = (
        "shape-cn-uscc",
        _("18 digits and capital letters without I, O, S, V and Z, the third to eighth digits"),
    )
    SHAPE_CN_ORG_CODE = "shape-cn-org-code", _("8 digits and capital letters, a hyphen, and a digit or X")
    SHAPE_CN_REG_NO = "shape-cn-reg-no", _("15 digits")
    SHAPE_MX_RFC = "shape-mx-rfc", _("12 characters: 3 letters (& and Ñ too), 6 digits of a date, 3 letters or digits")
    SHAPE_LEI = "shape-lei", _("18 digits and capital letters and 2 digits")
    SHAPE_UK_COMPANY = "shape-uk-company", _("8 digits, or 2 letters and 6 digits")
    SHAPE_UK_FHRS_ROW = "shape-uk-fhrs-row", _("up to 12 digits")
    SHAPE_UK_FSA_PROSECUTION = "shape-uk-fsa-prosecution", _("two years of 2 digits and a number, joined by hyphens")
    SHAPE_CA_NUMBERED_COMPANY = (
        "shape-ca-numbered-company",
        _("4 digits, a hyphen and 4 digits (Québec), or 5 to 7 digits (Canada)"),
    )
    SHAPE_US_NYC_CAMIS = "shape-us-nyc-camis", _("8 to 10 digits")
    SHAPE_OF_OWN_SCHEME = "shape-of-own-scheme", _("up to 64 letters, digits, points, hyphens and strokes")
