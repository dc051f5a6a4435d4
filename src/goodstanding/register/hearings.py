"""Cases heard in this register: opened, told, answered, decided, appealed; each act is one event of the ledger.

Where a case stands is `procedure`'s to say, who may act `access`'s; here the two meet the ledger. Whoever acts at the
same moment as somebody else is told what became of the case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from goodstanding import config
from goodstanding.access import Actor, Role
from goodstanding.access.acts import CaseResource, may_act
from goodstanding.catalogue import Catalogue
from goodstanding.errors import BadInput, NotAllowed, NotFound, Overtaken
from goodstanding.ledger import events
from goodstanding.ledger import store as ledger
from goodstanding.procedure.hearing import DISPUTES, OPENING, Act, Case, Done, Span, actions, advance
from goodstanding.register import catalogues, hearing_rows, project
from goodstanding.register.authorities import offices
from goodstanding.register.file import Subject, subject
from goodstanding.register.opening import signer
from goodstanding.register.store import rows

LONGEST = 20_000
AN_APPLICANT = "an applicant"
SERVICE = ("opened", "delivered", "posted", "published")


@dataclass(frozen=True, slots=True)
class Heard:
    """One act of a case as the ledger has it: its event's position and body, who did it, when, and whether late."""

    position: int
    recorded_at: datetime
    act: Act
    day: date
    by: str
    office: str
    body: Mapping[str, Any]
    late: bool = False

    @property
    def text(self) -> str:
        """What was said, word for word."""
        return str(self.body.get("text", ""))


@dataclass(frozen=True, slots=True)
class Hearing:
    """A case: whose, under which rules, about what; where it stands, and all that was done in it, oldest first."""

    position: int
    subject: Subject
    catalogue: str
    listed: str
    source: str
    about: int | None
    case: Case
    acts: tuple[Heard, ...]

    @property
    def reference(self) -> str:
        """How people name it."""
        return f"GS-{self.position}"

    @property
    def opened(self) -> Heard:
        """The act that opened it."""
        return self.acts[0]

    @property
    def applicant(self) -> str:
        """The name of whoever applied for it: for its source and the overseer, never for the subject or the public."""
        applied = self.opened.body.get("application")
        if applied is None:
            return str(self.opened.body.get("applicant", ""))
        entry = next(ledger.read(applied, applied + 1))
        return str(events.decode((entry.body or "{}").encode()).get("by", ""))

    @property
    def rules(self) -> Catalogue:
        """The rules it is heard under, in the version in force."""
        return catalogues.get(self.catalogue).catalogue

    def span(self, at: date) -> Span | None:
        """The stretch in which a day lies."""
        return next((one for one in self.case.spans if one.holds(at)), None)

    def resource(self, actor: Actor) -> CaseResource:
        """What `access` asks about this case when `actor` acts."""
        tree = offices()
        return CaseResource(
            frozenset(self.subject.identifiers),
            tree.now(self.source),
            self.applicant,
            self.opened.act not in (Act.PROPOSE, Act.IMPOSE_INTERIM),
            tree.apart(self.source, actor.scope),
        )


def hearing(position: int, size: int | None = None) -> Hearing:
    """The case opened by the event at a position, as of a ledger size; raises NotFound."""
    held, until = hearing_rows.case_at(position), ledger.size() if size is None else size
    if held is None or position >= until:
        raise NotFound(f"There is no case {position}.", remedy="the number of a case, such as GS-1204")
    done = hearing_rows.acts_of(position, until)
    folded = hearing_rows.folded_case(held, done, catalogues.versions())
    if folded is None:
        raise NotFound(f"The rules of case {position} are not in force here.")
    about = held["about"] if held["about"] >= 0 else None
    acts = tuple(_heard([one["position"] for one in done], folded))
    who = subject(held["subject_id"])
    return Hearing(position, who, held["catalogue"], held["listed"], held["source"], about, folded, acts)


def _heard(positions: list[int], folded: Case) -> Iterator[Heard]:
    late = {(one.act, one.day, one.by) for one in folded.done if one.late}
    for entry in ledger.at(positions):
        body = events.decode((entry.body or "{}").encode())
        act, day, by = Act(entry.kind), date.fromisoformat(body.get("day", "1970-01-01")), str(body.get("by", ""))
        recorded = datetime.fromisoformat(entry.recorded_at)
        yield Heard(entry.position, recorded, act, day, by, str(body.get("office", "")), body, (act, day, by) in late)


def possible(held: Hearing, actor: Actor, at: date) -> dict[Act, str]:
    """Every act with why this actor cannot do it in this case on a day; nothing where they can."""
    resource = held.resource(actor)
    steps = actions(held.case, actor.name, at)
    allowed = {act: may_act(actor, act, resource) for act in steps if act not in OPENING}
    return {act: steps[act] if said.allowed else said.because for act, said in allowed.items()}


def alone(work: Callable[[], int]) -> Hearing:
    """The case that `work` gives the position of, done while nobody else appends, and seeing all that was appended."""
    while True:
        if project.reached() != ledger.size():
            project.catch_up()
        with ledger.alone():
            if project.reached() == ledger.size():
                position = work()
                break
    project.catch_up()
    return hearing(position)


def act(
    position: int, done: Act, actor: Actor, day: date, recorded_at: datetime, seen: int | None = None, **said: Any
) -> Hearing:
    """The case after an act of `actor`; raises NotAllowed or NotPossible, and then nothing has changed.

    `seen` is how many acts the actor knows of: where there are others by now it is Overtaken. `said` goes into the
    event: `text` (word for word), `upheld`, `ends_on`, `evidence`, `service`, `proof`, `new`.
    """
    return alone(lambda: _act(position, done, actor, day, recorded_at, seen, said))


def _act(
    position: int, done: Act, actor: Actor, day: date, recorded_at: datetime, seen: int | None, said: Mapping[str, Any]
) -> int:
    held = hearing(position)
    allowed = may_act(actor, done, held.resource(actor))
    if not allowed.allowed:
        raise NotAllowed("This act is not yours in this case.", where=held.reference, remedy=allowed.because)
    if seen is not None and seen != len(held.acts):
        raise Overtaken("Something was done in this case meanwhile.", where=held.reference, remedy="a look at the case")
    content = checked(said)
    advance(held.case, _done(done, actor, day, content))
    _refuse_repeated(held, done, content)
    append(done, content | {"case": position}, actor, day, recorded_at, *_also(held, done, content, day))
    return position


def _refuse_repeated(held: Hearing, done: Act, content: Mapping[str, Any]) -> None:
    """What was rejected before cannot be upheld unless the decision says what is new."""
    before = held.opened.body.get("objection")
    if done is Act.DECIDE and before is not None and content.get("upheld", True) and not content.get("new"):
        said = f"The same was rejected in GS-{before}, so this case is open under objection."
        raise BadInput(said, where="new", remedy="what is new since then, in words")


def _done(done: Act, actor: Actor, day: date, content: Mapping[str, Any]) -> Done:
    ends = date.fromisoformat(content["ends_on"]) if content.get("ends_on") else None
    return Done(done, day, actor.name, bool(content.get("upheld", True)), str(content.get("text", "")), ends)


def checked(said: Mapping[str, Any]) -> dict[str, Any]:
    """What goes into the event; raises BadInput for what no event holds."""
    given = {name: value for name, value in said.items() if value not in (None, "", ())}
    content = {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}
    if len(str(content.get("text", ""))) > LONGEST:
        raise BadInput("The text is too long.", where="text", remedy=f"at most {LONGEST} letters, the rest as a file")
    if content.get("service", SERVICE[0]) not in SERVICE:
        raise BadInput("There is no such way of service.", where="service", remedy=", ".join(SERVICE))
    return content


def append(
    kind: Act, content: dict[str, Any], actor: Actor, day: date, recorded_at: datetime, *more: ledger.Draft
) -> int:
    """Writes an act down as an event, with others that follow from it; gives its position.

    Raises BadInput for an act that is dated on another day than the one on which it is done, which only a demonstration
    may do: else a deadline that was missed could be met afterwards.
    """
    if day != recorded_at.date() and not config.current().demonstration:
        raise BadInput(f"It is {recorded_at.date()}, and this act is dated {day}.", where="day", remedy="that day")
    by = AN_APPLICANT if actor.role is Role.APPLICANT else actor.name  # whose name its application's event holds
    whole = content | {"by": by, "office": actor.scope, "day": day.isoformat()}
    drafts = [ledger.Draft(kind.value, whole), *more]
    return ledger.append(drafts, recorded_at, signer()).size - len(drafts)


def _also(held: Hearing, done: Act, content: Mapping[str, Any], day: date) -> tuple[ledger.Draft, ...]:
    """What a decision takes with it: a record found wrong is withdrawn, so that nothing rests on it at any moment."""
    granted = not content.get("upheld", True)
    deciding = done is Act.DECIDE_DISPUTE or (done is Act.DECIDE_APPEAL and held.case.opening in DISPUTES)
    if not (granted and deciding and held.about is not None):
        return ()
    drafts = [withdrawal(held.about, day, f"found wrong in {held.reference}")]
    if hearing_rows.case_at(held.about):
        told = {"case": held.about, "text": f"found wrong in {held.reference}", "day": day.isoformat()}
        drafts.append(ledger.Draft(Act.UNDO.value, told))
    return tuple(drafts)


def withdrawal(position: int, day: date, reason: str) -> ledger.Draft:
    """The event that withdraws the record at a position, so that no rule reads it any more."""
    found = rows("SELECT catalogue, record, source, reference FROM record WHERE position = %s", [position])
    names = ("catalogue", "record", "source", "reference")
    content = dict(zip(names, found[0], strict=True)) | {"stated": day.isoformat(), "reason": reason}
    key = f"{content['source']} {content['record']} {content['reference']}"
    digest = hashlib.sha256(f"withdrawn {position}".encode()).digest()
    return ledger.Draft("RecordWithdrawn", content, key, digest, "RecordWithdrawn")
