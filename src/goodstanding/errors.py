"""The one tree of errors; each says what was wrong, where, and what would be right.

GoodstandingError
├── BadInput                what a person or program handed in
│   ├── BadIdentifier
│   ├── BadDay
│   ├── BadFile
│   ├── UnknownFeed
│   ├── UnknownList
│   └── ContradictsEarlier  not what was sent, or what is on file, under the same name
├── CatalogueError          a catalogue that cannot be loaded
│   ├── UnknownKey
│   ├── MissingBasis
│   ├── BadCondition
│   ├── BadBands
│   ├── CharterBreached
│   ├── LaboratoryError     a file, number or population of the laboratory that cannot be used
│   └── Contradiction       two rules that apply at once and exclude each other
├── LedgerError
│   ├── BadEvent            a body that is not canonical JSON
│   ├── ErasedBefore        a key under which something was erased
│   ├── BadNote             a signed note or checkpoint that does not hold
│   ├── BadProof            an inclusion or consistency proof that does not hold
│   ├── BadTile             a tile path or width that cannot be
│   ├── LedgerDiffers       what is stored is not what was signed
│   └── WitnessAway         a witness of checkpoints that cannot be reached
├── NotFound
├── NotPossible             an act that the state of a case does not permit
│   └── Overtaken           somebody else acted meanwhile
├── NotAllowed              access refused it, and says because of which rule
│   ├── MandateEnded        somebody represents a subject no longer, or not yet
│   │   ├── MandateWaits    their mandate begins on a later day
│   │   └── OfficeEnded     somebody acts for an office whose mandate is over
│   └── SecondStepMissing   somebody acts for an office, and signs in with a password alone
├── NotDelivered            a letter could not be handed over; it was not served
└── RegisterError           a register's folder or database that cannot be used
    ├── NoRegister
    └── RegisterExists
"""

from __future__ import annotations

from typing import ClassVar, Protocol


class CodedMessage(Protocol):
    """What an error can be made of beside plain words: `goodstanding.messages.Message`, which stands above this."""

    def render_text(self, language: str = "") -> str:
        """What is wrong, in a language."""

    def render_remedy(self, language: str = "") -> str:
        """What is right, or a sentence that says what to do; empty where nothing is said."""


class GoodstandingError(Exception):
    """Something could not be done; `code` is stable; `coded` is the message as a code, where it was made of one."""

    code: ClassVar[str] = "error"

    def __init__(
        self, message: str | CodedMessage, *, where: str | None = None, remedy: str | CodedMessage | None = None
    ) -> None:
        self.coded = None if isinstance(message, str) else message
        self.where, self._text, self._remedy = where, message, remedy
        self.message, self.remedy = self.render_text(), self.render_remedy()
        super().__init__(self.message)

    def render_text(self, language: str = "") -> str:
        """What was wrong, in a language; plain words stay as they are."""
        return self._text if isinstance(self._text, str) else self._text.render_text(language)

    def render_remedy(self, language: str = "") -> str | None:
        """What would be right, in a language; None where nothing is said."""
        remedy = self._remedy if isinstance(self._remedy, str | None) else self._remedy.render_text(language)
        return remedy or (self.coded.render_remedy(language) if self.coded else "") or None

    def diagnostics(self) -> str:
        """What, where and what to do, in lines for a terminal."""
        label = "use, for example" if isinstance(self._remedy, str) or not isinstance(self, NotAllowed) else "because"
        parts = (("where", self.where), ("what to do" if (self.remedy or "").endswith(".") else label, self.remedy))
        return "\n".join([self.message, *(f"  {name}: {text}" for name, text in parts if text)])

    def __str__(self) -> str:
        return self.diagnostics()


class BadInput(GoodstandingError):
    """What was handed in cannot be used."""

    code = "bad-input"


class BadIdentifier(BadInput):
    """An identifier without a scheme, or with a scheme nobody declared."""

    code = "bad-identifier"


class BadDay(BadInput):
    """A day that is no day, or no day for this purpose."""

    code = "bad-day"


class BadFile(BadInput):
    """A file that is empty, cut short, in the wrong encoding or not the format it claims."""

    code = "bad-file"


class UnknownFeed(BadInput):
    """A feed that no catalogue in force declares."""

    code = "unknown-feed"


class UnknownList(BadInput):
    """A list that no catalogue in force declares."""

    code = "unknown-list"


class ContradictsEarlier(BadInput):
    """Something was sent before, or is on file, under the same name, and says something else."""

    code = "contradicts-earlier"


class CatalogueError(GoodstandingError):
    """A catalogue that cannot be loaded; `others` is what is wrong with it beside this."""

    code = "catalogue"
    others: tuple[CatalogueError, ...] = ()

    def diagnostics(self) -> str:
        """The same for everything that is wrong, one after the other."""
        return "\n".join([super().diagnostics(), *(f"{other.code}: {other.diagnostics()}" for other in self.others)])


class UnknownKey(CatalogueError):
    """A key that the model does not know."""

    code = "catalogue-unknown-key"


class MissingBasis(CatalogueError):
    """A rule that cites no article of a declared instrument."""

    code = "catalogue-missing-basis"


class BadCondition(CatalogueError):
    """A condition that does not parse, or does not fit the declared fields."""

    code = "catalogue-bad-condition"


class BadBands(CatalogueError):
    """Bands that overlap, leave a gap, or can never be reached."""

    code = "catalogue-bad-bands"


class CharterBreached(CatalogueError):
    """A catalogue fails the charter, so nothing about a real subject comes from it."""

    code = "charter-breached"


class LaboratoryError(CatalogueError):
    """A file, a number or a population of the laboratory that cannot be used, or a library that it needs."""

    code = "laboratory"


class Contradiction(CatalogueError):
    """Two rules that can apply at once, of which only one can be meant."""

    code = "catalogue-contradiction"


class LedgerError(GoodstandingError):
    """The ledger, or something that claims to come from it, does not hold."""

    code = "ledger"


class BadEvent(LedgerError):
    """An event whose body is not canonical JSON of the permitted kinds."""

    code = "ledger-bad-event"


class ErasedBefore(LedgerError):
    """Something sent again under a key whose events were erased; nothing of the call was kept."""

    code = "ledger-erased-before"


class BadNote(LedgerError):
    """A signed note that does not parse or whose signature does not verify."""

    code = "ledger-bad-note"


class BadProof(LedgerError):
    """A proof that does not lead to the root."""

    code = "ledger-bad-proof"


class BadTile(LedgerError):
    """A tile path, width or content that cannot be."""

    code = "ledger-bad-tile"


class LedgerDiffers(LedgerError):
    """Stored events, tiles and checkpoints contradict one another."""

    code = "ledger-differs"


class WitnessAway(LedgerError):
    """A witness of checkpoints cannot be reached, or does not take them; it is tried again."""

    code = "ledger-witness-away"


class NotFound(GoodstandingError):
    """Nothing is on file under that name."""

    code = "not-found"


class NotPossible(GoodstandingError):
    """An act that the state of a case does not permit; nothing has changed."""

    code = "not-possible"


class Overtaken(NotPossible):
    """Something was done about a matter since whoever acts looked at it; nothing has changed."""

    code = "overtaken"


class NotAllowed(GoodstandingError):
    """The asker may not see or do this."""

    code = "not-allowed"


class NotDelivered(GoodstandingError):
    """A letter could not be handed over, so that nothing was served; it may be tried again."""

    code = "not-delivered"


class MandateEnded(NotAllowed):
    """Nobody granted the asker a mandate for this subject, or it is over."""

    code = "mandate-ended"


class MandateWaits(MandateEnded):
    """The asker's mandate for this subject begins on a later day."""

    code = "mandate-waits"


class OfficeEnded(MandateEnded):
    """The mandate of the office for which the asker acts is over, and no other office took its place."""

    code = "office-ended"


class SecondStepMissing(NotAllowed):
    """Whoever acts for an office signs in with a second step, and this account has none."""

    code = "second-step-missing"


class RegisterError(GoodstandingError):
    """The register's folder or database cannot be used."""

    code = "register"


class NoRegister(RegisterError):
    """No register is in that folder."""

    code = "no-register"


class RegisterExists(RegisterError):
    """There is a register in that folder already."""

    code = "register-exists"
