"""How a catalogue comes into force: draft, public comment, answers, three signatures, enactment; each step an event.

Nothing is kept but the events: where a draft stands is worked out from them. A draft that breaches the charter is not
even published, and nothing is in force before its notice period is over.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from goodstanding import charter, config
from goodstanding.catalogue import Catalogue, load_files
from goodstanding.errors import BadInput, CatalogueError, NotFound
from goodstanding.ledger import events
from goodstanding.ledger import store as ledger
from goodstanding.register import catalogues
from goodstanding.register.opening import signer

ROLES = ("author", "reviewer", "overseer")
LONGEST_TEXT = 10_000
KINDS = (
    "CatalogueDrafted", "CommentReceived", "CommentAnswered", "DraftSigned", "DraftWithdrawn", "CatalogueEnacted",
)  # fmt: skip
DEMONSTRATION = "demonstration"


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about a draft, when, and what the author answered."""

    number: int
    by: str
    text: str
    day: date
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a draft in which role, and when."""

    role: str
    by: str
    day: date


@dataclass(frozen=True, slots=True)
class Draft:
    """Where a draft stands: when it was published, until when it can be commented on, who signed, how it ended."""

    catalogue: str
    version: int
    digest: str
    by: str
    drafted_on: date
    comments_until: date
    position: int
    comments: tuple[Comment, ...] = ()
    signed: tuple[Signature, ...] = ()
    withdrawn: str = ""
    enacted_on: date | None = None
    charter: int | None = None

    @property
    def open(self) -> bool:
        """Whether it is neither withdrawn nor enacted."""
        return not self.withdrawn and self.enacted_on is None

    @property
    def unanswered(self) -> tuple[int, ...]:
        """The numbers of the comments that nobody has answered."""
        return tuple(comment.number for comment in self.comments if not comment.answer)

    @property
    def unsigned(self) -> tuple[str, ...]:
        """The roles that have not signed."""
        return tuple(role for role in ROLES if role not in self.signers)

    @property
    def signers(self) -> dict[str, str]:
        """Who signed, by role."""
        return {one.role: one.by for one in self.signed}


class _Said(msgspec.Struct, frozen=True):
    """What an event of a proceeding says, without the files, which are many."""

    name: str
    version: int
    digest: str
    by: str = ""
    text: str = ""
    role: str = ""
    number: int = 0
    comments_until: date | None = None
    day: date | None = None
    charter: int | None = None


def drafts(name: str | None = None) -> list[Draft]:
    """The drafts of a catalogue, or of all, oldest first."""
    found: dict[tuple[str, int, str], Draft] = {}
    for entry in ledger.of_kinds(KINDS):
        said = msgspec.json.decode(entry.body or "{}", type=_Said)
        key, day = (said.name, said.version, said.digest), datetime.fromisoformat(entry.recorded_at).date()
        if entry.kind == "CatalogueDrafted":
            until = said.comments_until or day
            found[key] = Draft(said.name, said.version, said.digest, said.by, day, until, entry.position)
        elif key in found:
            found[key] = _after(found[key], entry.kind, said, day)
    return [draft for draft in found.values() if name in (None, draft.catalogue)]


def _after(draft: Draft, kind: str, said: _Said, day: date) -> Draft:
    if kind == "CommentReceived":
        return replace(draft, comments=(*draft.comments, Comment(len(draft.comments) + 1, said.by, said.text, day)))
    if kind == "CommentAnswered":
        answered = (replace(one, answer=said.text) if one.number == said.number else one for one in draft.comments)
        return replace(draft, comments=tuple(answered))
    if kind == "DraftSigned":
        return replace(draft, signed=(*draft.signed, Signature(said.role, said.by, day)))
    if kind == "DraftWithdrawn":
        return replace(draft, withdrawn=said.text)
    return replace(draft, enacted_on=said.day, charter=said.charter)


def open_draft(name: str) -> Draft:
    """The draft of a catalogue that is neither withdrawn nor enacted; raises NotFound."""
    for draft in reversed(drafts(name)):
        if draft.open:
            return draft
    raise NotFound(f"There is no open draft of {name!r}.", remedy=f"goodstanding catalogue draft {name} --by WHO")


def rules_of(draft: Draft) -> Catalogue:
    """The rules of a draft, from the event that published it."""
    body = next(ledger.read(draft.position, draft.position + 1)).body
    return load_files(events.decode((body or "{}").encode())["files"])


@ledger.alone()
def publish(catalogue: Catalogue, by: str, recorded_at: datetime) -> Draft:
    """Publishes a draft for public comment; refused where the charter refuses it, or another draft is open."""
    charter.refuse(catalogue)
    catalogues.refuse_version(catalogue)
    if any(draft.open for draft in drafts(catalogue.name)):
        raise CatalogueError(
            f"A draft of {catalogue.name} is open already.", remedy="withdraw it first: goodstanding catalogue withdraw"
        )
    days = catalogue.answers.comment_days if catalogue.answers else 0
    _append("CatalogueDrafted", catalogue, _who(by), recorded_at, days, files=catalogue.files)
    return open_draft(catalogue.name)


def _append(kind: str, of: Catalogue | Draft, by: str, recorded_at: datetime, days: int = 0, **more: Any) -> None:
    name = of.name if isinstance(of, Catalogue) else of.catalogue
    until = {"comments_until": (recorded_at.date() + timedelta(days=days)).isoformat()}
    content = {"name": name, "version": of.version, "digest": of.digest, "by": by, **more}
    content |= until if kind == "CatalogueDrafted" else {}
    ledger.append([ledger.Draft(kind, content)], recorded_at, signer())


def _who(by: str) -> str:
    return _text(by, "who says it", 200)


def _text(text: str, what: str, most: int = LONGEST_TEXT) -> str:
    cleaned = " ".join(text.split()) if most < LONGEST_TEXT else text.strip()
    if not cleaned or len(cleaned) > most or any(_unkept(letter) for letter in cleaned):
        raise BadInput(f"There is no {what}, or it cannot be kept.", remedy=f"a text of 1 to {most:,} characters")
    return cleaned


def _unkept(letter: str) -> bool:
    """Half of a surrogate pair, or a control character: it could rewrite the terminal on which it is read."""
    return unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t"


@ledger.alone()
def comment(name: str, by: str, text: str, recorded_at: datetime) -> Comment:
    """Takes in what somebody says about an open draft, until its last day of comments."""
    draft = open_draft(name)
    if recorded_at.date() > draft.comments_until:
        raise BadInput(
            f"Comments on {name} ended on {draft.comments_until}.", remedy="the next draft, or the author directly"
        )
    _append("CommentReceived", draft, _who(by), recorded_at, text=_text(text, "comment"))
    return open_draft(name).comments[-1]


@ledger.alone()
def answer(name: str, number: int, by: str, text: str, recorded_at: datetime) -> None:
    """Answers a comment on an open draft."""
    draft = open_draft(name)
    if number not in [one.number for one in draft.comments]:
        known = ", ".join(str(one.number) for one in draft.comments) or "there are none"
        raise NotFound(f"There is no comment {number} on {name}.", remedy=known)
    _append("CommentAnswered", draft, _who(by), recorded_at, number=number, text=_text(text, "answer"))


@ledger.alone()
def withdraw(name: str, by: str, reason: str, recorded_at: datetime) -> None:
    """Withdraws an open draft, with a reason."""
    _append("DraftWithdrawn", open_draft(name), _who(by), recorded_at, text=_text(reason, "reason"))


@ledger.alone()
def sign(name: str, role: str, by: str, recorded_at: datetime) -> Draft:
    """Signs an open draft as its author, reviewer or overseer: three people, after comments ended and were answered."""
    draft = open_draft(name)
    if role not in ROLES:
        raise BadInput(f"Nobody signs as {role!r}.", remedy=", ".join(ROLES))
    signed = draft.signers
    if role in signed:
        raise BadInput(f"{signed[role]} signed as {role} already.", remedy=", ".join(draft.unsigned) or "enact it")
    if _who(by).casefold() in [each.casefold() for each in signed.values()]:
        raise BadInput(f"{by} signed in another role.", remedy="three different people (charter, article 23)")
    _refuse_early(draft, recorded_at.date())
    _append("DraftSigned", draft, _who(by), recorded_at, role=role)
    return open_draft(name)


def _refuse_early(draft: Draft, day: date) -> None:
    if day < draft.comments_until:
        raise BadInput(
            f"The public may comment on {draft.catalogue} until {draft.comments_until}.", remedy="sign after that day"
        )
    if draft.unanswered:
        numbers = ", ".join(map(str, draft.unanswered))
        raise BadInput(f"Comments without an answer: {numbers}.", remedy="goodstanding catalogue answer")


@ledger.alone()
def enact(name: str, day: date, recorded_at: datetime) -> int:
    """Puts a signed draft into force on the day it is said, once its notice period is over; gives the ledger size."""
    draft = open_draft(name)
    if draft.unsigned:
        raise CatalogueError(
            f"The draft of {name} is not signed by: {', '.join(draft.unsigned)}.",
            where="charter, article 23",
            remedy=f"goodstanding catalogue sign {name} --as {draft.unsigned[0]} --by WHO",
        )
    if day != recorded_at.date():
        raise CatalogueError(
            f"{day} is not the day of this act.", remedy=f"{recorded_at.date()}: the rules bind from then"
        )
    if day < draft.comments_until:
        raise CatalogueError("The notice period is not over.", remedy=f"{draft.comments_until} or later")
    return catalogues.enact(rules_of(draft), day, recorded_at)


@ledger.alone()
def enact_at_once(catalogue: Catalogue, day: date, recorded_at: datetime) -> int:
    """The whole proceeding in one go, by made-up people: in a demonstration only, and its events say so."""
    if not config.current().demonstration:
        raise CatalogueError(
            f"{catalogue.name} has no signed draft here.",
            where="charter, article 23",
            remedy=f"goodstanding catalogue draft {catalogue.name} --by WHO (a demonstration register needs none)",
        )
    charter.refuse(catalogue)
    if not catalogues.is_new(catalogue):
        return ledger.size()
    _append("CatalogueDrafted", catalogue, f"{DEMONSTRATION} author", recorded_at, 0, files=catalogue.files)
    draft = open_draft(catalogue.name)
    for role in ROLES:
        _append("DraftSigned", draft, f"{DEMONSTRATION} {role}", recorded_at, role=role)
    return catalogues.enact(catalogue, day, recorded_at)
