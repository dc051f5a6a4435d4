"""What is refused below the pages, as codes with parameters, and their words: what is wrong and what would be right.

The command line and the pages both read it, each in its own language, by the standard library's gettext. Whoever does
one thing or another after a refusal looks at the code, never at the words.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

DOMAIN = "goodstanding"
CATALOGUES = Path(__file__).parent / "locale"


class MessageCode(StrEnum):
    """What can be said; the words may change, the code does not."""

    CASE_IN_PHASE = "case-in-phase"
    CASE_OVER = "case-over"
    CASE_NOT_OPEN = "case-not-open"
    ACT_OUT_OF_ORDER = "act-out-of-order"
    DECISION_UNREASONED = "decision-unreasoned"
    DECIDER_PROPOSED = "decider-proposed"
    DECIDER_ASKED = "decider-asked"
    REPLY_TIME_RUNS = "reply-time-runs"
    APPEAL_DECIDER_ACTED = "appeal-decider-acted"
    REFUSAL_DECIDER_ACTED = "refusal-decider-acted"
    ACT_NOT_ALLOWED = "act-not-allowed"
    RECORD_ERASED = "record-erased"
    ROW_ERASED = "row-erased"
    ROW_REPEATED = "row-repeated"
    ROW_OF_ANOTHER_SOURCE = "row-of-another-source"
    ROW_FOUND_WRONG = "row-found-wrong"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a code, with the names of its parameters in them: what is wrong, and what would be right."""

    text: str
    remedy: str = ""


def _(words: str) -> str:
    """Marks words for the tools that gather them; they are translated when they are read."""
    return words


_APART = _("a body that stands apart")
_SOMEBODY_ELSE = _("somebody else decides")
WORDINGS: Mapping[MessageCode, Wording] = {
    MessageCode.CASE_IN_PHASE: Wording(_("The case is %(phase)s on %(day)s."), "%(acts)s"),
    MessageCode.CASE_OVER: Wording(_("The case is %(phase)s on %(day)s."), _("a new case")),
    MessageCode.CASE_NOT_OPEN: Wording(_("The case is not open on %(day)s."), "%(acts)s"),
    MessageCode.ACT_OUT_OF_ORDER: Wording(
        _("Something was done on %(last)s, later than %(day)s."), _("a day from then on")
    ),
    MessageCode.DECISION_UNREASONED: Wording(_("A decision without reasons."), _("reasons that name facts and law")),
    MessageCode.DECIDER_PROPOSED: Wording(_("%(person)s proposed the case."), _SOMEBODY_ELSE),
    MessageCode.DECIDER_ASKED: Wording(_("%(person)s asked for it."), _SOMEBODY_ELSE),
    MessageCode.REPLY_TIME_RUNS: Wording(_("There is time to reply until %(day)s."), _("that day, or after the reply")),
    MessageCode.APPEAL_DECIDER_ACTED: Wording(_("%(person)s proposed or decided the case."), _APART),
    MessageCode.REFUSAL_DECIDER_ACTED: Wording(_("%(person)s asked for it or refused it."), _APART),
    MessageCode.ACT_NOT_ALLOWED: Wording("%(rule)s"),  # the words of the rule of access, which are not here yet
    MessageCode.RECORD_ERASED: Wording(
        _("A record with this reference was erased here, so it is not taken in again; another matter needs its own."),
        _("a reference of its own"),
    ),
    MessageCode.ROW_ERASED: Wording(
        _("a record with this reference was erased here, so it is not taken in again; another matter needs its own")
    ),
    MessageCode.ROW_REPEATED: Wording(_("the same finding stands in row %(row)s already")),
    MessageCode.ROW_OF_ANOTHER_SOURCE: Wording(
        _("another source's record: only the records of %(source)s can be stated here")
    ),
    MessageCode.ROW_FOUND_WRONG: Wording(_("this record was found wrong in %(case)s, so it is not stated again")),
}


@dataclass(frozen=True, slots=True)
class Message:
    """A code with its parameters; `str` gives its words in the language in which they are written here."""

    code: MessageCode
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.render_text()

    def render_text(self, language: str = "") -> str:
        """What is wrong, in a language; in the one that stands here where there is no catalogue of it."""
        return _translate(language, WORDINGS[self.code].text) % self.params

    def render_remedy(self, language: str = "") -> str:
        """What would be right; empty where nothing is."""
        return _translate(language, WORDINGS[self.code].remedy) % self.params


def _translate(language: str, words: str) -> str:
    return _load_catalogue(language).gettext(words) if language and words else words  # "" is a catalogue's own header


@lru_cache
def _load_catalogue(language: str) -> gettext.NullTranslations:
    """The words of a language; of none where it has no catalogue."""
    return gettext.translation(DOMAIN, CATALOGUES, [language.replace("-", "_")], fallback=True)
