"""What was typed into a form, the files that came with it and what is wrong; text without what cannot be seen."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from goodstanding import plain_text
from goodstanding.errors import BadInput
from goodstanding.procedure.notices import Exhibit
from goodstanding.web.schemas.page_frame import ProblemSchema


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
    """The text with line ends as one kind; what no text has is taken out, and noted as a problem of its field."""
    cleaned, problem = clean_entered_text(text, name, most)
    if problem:
        entered.problem(name, problem.message, problem.remedy)
    return cleaned


def clean_entered_text(
    text: str, where: str, most: int, *, lines: bool = True, files: bool = True
) -> tuple[str, BadInput | None]:
    """A text that was typed without what no text has, and what is wrong with it: nothing legible is lost.

    A text of one line has its line breaks and tabs as spaces; `files` says whether a longer one can come as a file.
    """
    plain = plain_text.unify_line_breaks(text)
    cleaned = plain_text.remove_forbidden_characters(plain)
    cleaned = cleaned.strip() if lines else plain_text.join_lines(cleaned)
    codes = plain_text.list_forbidden_codes(plain)
    return cleaned, _describe_forbidden(codes, where) if codes else _describe_length(cleaned, where, most, files)


def _describe_forbidden(codes: list[str], where: str) -> BadInput:
    message = _("The text had characters that no text has (%(codes)s). They are taken out below.")
    remedy = _("the text as it stands below, looked at once more")
    return BadInput(message % {"codes": ", ".join(codes)}, where=where, remedy=remedy)


def _describe_length(text: str, where: str, most: int, files: bool) -> BadInput | None:
    if len(text) <= most:
        return None
    message = _("The text has %(n)s characters.") % {"n": f"{len(text):,}"}
    remedy = _("at most %(most)s, the rest as a file") if files else _("at most %(most)s")
    return BadInput(message, where=where, remedy=remedy % {"most": f"{most:,}"})
