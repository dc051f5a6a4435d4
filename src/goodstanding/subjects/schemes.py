"""The identifier schemes that are declared, each with its form, its check and what it refuses.

A register may add schemes of its own (`declared`): a name, a title and a form are enough.

Sources: GB 32100-2015 (cn-uscc), GB 11714 (cn-org-code), ISO 7064 (check digits), ISO 17442 (lei), article 27 of
Mexico's fiscal code and its rules on the RFC (mx-rfc), Companies House numbering (uk-company).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from stdnum import lei as lei_number
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_10, mod_97_10
from stdnum.mx import rfc

from goodstanding.errors import BadIdentifier
from goodstanding.messages import Message, SubjectsMessage
from goodstanding.subjects.person_numbers import CN_RIC, MX_RFC_PERSON, PersonScheme

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_JOINTS = re.compile(r"[-._/]")
_ORG_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_SHAPE_OF_OWN_SCHEME = Message(SubjectsMessage.SHAPE_OF_OWN_SCHEME)


def _keep_value(value: str) -> str:
    return value


def remove_joints(value: str) -> str:
    """The value without hyphens, points, strokes and underscores."""
    return _JOINTS.sub("", value)


def _find_no_problems(_value: str) -> tuple[Message, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class IdentifierScheme:
    """A way to name subjects: `form` is a regular expression over canonical values, `shape` says it in words.

    `tidy` brings a value in capitals and without spaces to its canonical spelling; `check` says what is
    doubtful about one; `persons` are the schemes of natural persons whose numbers are taken for one of this; `bare` is
    the form that cannot be mistaken for anything else when the scheme is left out, if there is one.
    """

    name: str
    title: str | Message
    form: str = r"[0-9A-Z][0-9A-Z._/-]{0,63}"
    shape: str | Message = _SHAPE_OF_OWN_SCHEME
    example: str = ""
    tidy: Callable[[str], str] = _keep_value
    check: Callable[[str], tuple[Message, ...]] = _find_no_problems
    persons: tuple[PersonScheme, ...] = ()
    bare: str | None = None

    def render_title(self, language: str = "") -> str:
        """What such an identifier is called, in a language; a register's own scheme has one title for all."""
        return self.title.render_text(language) if isinstance(self.title, Message) else self.title

    def refuse(self, value: str) -> SubjectsMessage | None:
        """Why a value may not be kept at all; None where it may."""
        return next((scheme.code for scheme in self.persons if scheme.has(value)), None)


def declare_schemes(*own: IdentifierScheme) -> Mapping[str, IdentifierScheme]:
    """The schemes declared here and a register's own ones, by name; an own one cannot take the place of another."""
    schemes = {scheme.name: scheme for scheme in _DECLARED}
    for scheme in own:
        if not _NAME.fullmatch(scheme.name) or scheme.name in schemes:
            raise BadIdentifier(Message(SubjectsMessage.SCHEME_NAME_REFUSED, {"name": repr(scheme.name)}))
        schemes[scheme.name] = scheme
    return MappingProxyType(schemes)


def _check_last_characters(written: str, right: str) -> tuple[Message, ...]:
    """What to say where the check characters at the end are not those that the others give."""
    if written == right:
        return ()
    is_single = len(right) == 1
    code = SubjectsMessage.CHECK_CHARACTER_DIFFERS if is_single else SubjectsMessage.CHECK_CHARACTERS_DIFFER
    return (Message(code, {"written": written, "right": right}),)


def _check_uscc(value: str) -> tuple[Message, ...]:
    return _check_last_characters(value[-1], uscc.calc_check_digit(value[:-1]))


def _hyphenate(value: str) -> str:
    plain = remove_joints(value)
    return f"{plain[:-1]}-{plain[-1:]}"


def _check_org_code(value: str) -> tuple[Message, ...]:
    total = sum(int(letter, 36) * weight for letter, weight in zip(value[:8], _ORG_CODE_WEIGHTS, strict=True))
    return _check_last_characters(value[-1], "0123456789X0"[11 - total % 11])


def _check_reg_no(value: str) -> tuple[Message, ...]:
    return _check_last_characters(value[-1], mod_11_10.calc_check_digit(value[:-1]))


def _check_lei(value: str) -> tuple[Message, ...]:
    return _check_last_characters(value[-2:], mod_97_10.calc_check_digits(lei_number.compact(value)[:-2]))


def _check_rfc(value: str) -> tuple[Message, ...]:
    problems = _check_last_characters(value[-1], rfc.calc_check_digit(value[:-1]))
    try:
        rfc.validate(value)
    except ValidationError:
        return (Message(SubjectsMessage.TAX_NUMBER_WITHOUT_DATE, {"digits": value[3:9]}), *problems)
    return problems


def _fill_zeros(value: str) -> str:
    """Companies House writes eight characters; many others leave out the zeros."""
    plain = remove_joints(value)
    letters = plain[:2] if plain[:2].isalpha() else ""
    digits = plain[len(letters) :]
    return letters + digits.zfill(8 - len(letters)) if digits.isdecimal() else plain


_DECLARED = (
    IdentifierScheme(
        name="cn-uscc",
        title=Message(SubjectsMessage.TITLE_CN_USCC),
        form=r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}",
        shape=Message(SubjectsMessage.SHAPE_CN_USCC),
        example="91350100M000100Y43",
        tidy=remove_joints,
        check=_check_uscc,
        persons=(CN_RIC,),
        bare=r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}",
    ),
    IdentifierScheme(
        name="cn-org-code",
        title=Message(SubjectsMessage.TITLE_CN_ORG_CODE),
        form=r"[0-9A-Z]{8}-[0-9X]",
        shape=Message(SubjectsMessage.SHAPE_CN_ORG_CODE),
        example="D2143569-X",
        tidy=_hyphenate,
        check=_check_org_code,
        bare=r"[0-9A-Z]{8}-[0-9X]",
    ),
    IdentifierScheme(
        name="cn-reg-no",
        title=Message(SubjectsMessage.TITLE_CN_REG_NO),
        form=r"[0-9]{15}",
        shape=Message(SubjectsMessage.SHAPE_CN_REG_NO),
        example="110000450227521",
        tidy=remove_joints,
        check=_check_reg_no,
        bare=r"[0-9]{15}",
    ),
    IdentifierScheme(
        name="mx-rfc",
        title=Message(SubjectsMessage.TITLE_MX_RFC),
        form=r"[A-ZÑ&]{3}[0-9]{6}[0-9A-Z]{3}",
        shape=Message(SubjectsMessage.SHAPE_MX_RFC),
        example="MAB9307148T4",
        tidy=remove_joints,
        check=_check_rfc,
        persons=(MX_RFC_PERSON,),
        bare=r"[A-ZÑ&]{3}[0-9]{6}[0-9A-Z]{3}",
    ),
    IdentifierScheme(
        name="lei",
        title=Message(SubjectsMessage.TITLE_LEI),
        form=r"[0-9A-Z]{18}[0-9]{2}",
        shape=Message(SubjectsMessage.SHAPE_LEI),
        example="213800KUD8LAJWSQ9D15",
        tidy=remove_joints,
        check=_check_lei,
        bare=r"(?=(?:[A-Z]*[0-9]){4})[0-9A-Z]{18}[0-9]{2}",
    ),
    IdentifierScheme(
        name="uk-company",
        title=Message(SubjectsMessage.TITLE_UK_COMPANY),
        form=r"[0-9]{8}|[A-Z]{2}[0-9]{6}|R[0-9]{7}|[A-Z]{2}[0-9]{4,5}[0-9]?[RS]{1,2}",
        shape=Message(SubjectsMessage.SHAPE_UK_COMPANY),
        example="SC123456",
        tidy=_fill_zeros,
        bare=r"[0-9]{8}|[A-Z]{2}[0-9]{6}",
    ),
    IdentifierScheme(
        name="uk-fhrs-row",
        title=Message(SubjectsMessage.TITLE_UK_FHRS_ROW),
        form=r"[0-9]{1,12}",
        shape=Message(SubjectsMessage.SHAPE_UK_FHRS_ROW),
        example="226591",
    ),
    IdentifierScheme(
        name="uk-fsa-prosecution",
        title=Message(SubjectsMessage.TITLE_UK_FSA_PROSECUTION),
        form=r"[0-9]{2}-[0-9]{2}-[0-9]{1,4}",
        shape=Message(SubjectsMessage.SHAPE_UK_FSA_PROSECUTION),
        example="13-14-101",
    ),
    IdentifierScheme(
        name="ca-numbered-company",
        title=Message(SubjectsMessage.TITLE_CA_NUMBERED_COMPANY),
        form=r"[0-9]{4}-[0-9]{4}|[0-9]{5,7}",
        shape=Message(SubjectsMessage.SHAPE_CA_NUMBERED_COMPANY),
        example="1234-5678",
    ),
    IdentifierScheme(
        name="us-nyc-camis",
        title=Message(SubjectsMessage.TITLE_US_NYC_CAMIS),
        form=r"[0-9]{8,10}",
        shape=Message(SubjectsMessage.SHAPE_US_NYC_CAMIS),
        example="30075445",
        tidy=remove_joints,
        bare=r"[0-9]{8}|[0-9]{10}",
    ),
)

SCHEMES = declare_schemes()
"""The declared schemes by name."""
