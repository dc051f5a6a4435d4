"""What was typed into a form, the files that came with it and what is wrong; text without what cannot be seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from goodstanding.procedure.notices import Exhibit
from goodstanding.web.schemas.common import ProblemSchema

_UNSEEN_LETTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass
class EnteredForm:
    """What was typed into a form, the files that came with it, and what is wrong."""

    values: dict[str, str] = field(default_factory=dict)
    exhibits: list[Exhibit] = field(default_factory=list)
    problems: list[ProblemSchema] = field(default_factory=list)
    seen: int | None = None

    def problem(self, where: str, message: str, remedy: str | None = None) -> None:
        """Notes what is wrong, and where."""
        self.problems.append(ProblemSchema(code="bad-input", message=message, where=where, remedy=remedy))


def clean_text(entered: EnteredForm, name: str, text: str, most: int) -> str:
    """The text with line ends as one kind; what cannot be seen or printed is taken out, and said."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    unseen_letters = _UNSEEN_LETTERS.findall(plain)
    if unseen_letters:
        codes = ", ".join(sorted({f"U+{ord(letter):04X}" for letter in unseen_letters})[:5])
        message = _("The text had characters that no text has (%(codes)s). They are taken out below.") % {
            "codes": codes
        }
        entered.problem(name, message, _("the text as it stands below, looked at once more"))
    if len(plain) > most:
        message = _("The text has %(n)s characters.") % {"n": f"{len(plain):,}"}
        entered.problem(name, message, _("at most %(most)s, the rest as a file") % {"most": f"{most:,}"})
    return _UNSEEN_LETTERS.sub("", plain)
