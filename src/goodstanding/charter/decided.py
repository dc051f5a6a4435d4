"""Articles 12 to 18: how it is decided."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.model import Appeal, Hand, Notice, Procedure
from goodstanding.charter.parts import Found, Path, contested, decided, field_kinds

REPLY_DAYS = 10
INTERIM_DAYS, HEARD_WITHIN = 15, 5
CONFIRMED_WITHIN = 31
NAMING = "official"
BODIES = ("independent", "court", "register")


def notice(catalogue: Catalogue) -> Found:
    """12. Notice with reasons and all evidence before effect."""
    for proceeding in decided(catalogue):
        path, procedure = proceeding.path, proceeding.procedure
        told = procedure.notice if procedure else None
        if told is None:
            yield path, "Nobody is told before it takes effect."
        else:
            yield from ((proceeding.place("notice"), said) for said in _silent(told))


def _silent(told: Notice) -> Iterator[str]:
    yield from _asked(
        told.before_effect, True, "It takes effect before the notice.", "the notice comes before the effect"
    )
    yield from _asked(told.reasons, True, "The notice gives no reasons.", "the notice gives reasons")
    part = "The notice does not show all of the evidence."
    yield from _asked(told.evidence, "all", part, "the notice shows all of the evidence")


def _asked(said: object, right: object, wrong: str, unknown: str) -> Iterator[str]:
    """Nothing where it is said as it should be; else why not, and where nothing is said, that it is not known."""
    if said is None:
        yield f"Nothing says that {unknown}."
    elif said != right:
        yield wrong


def hearing(catalogue: Catalogue) -> Found:
    """13. At least 10 days to reply; decided with reasons by a named human other than who proposed; not in bulk."""
    for proceeding in decided(catalogue):
        path, procedure = proceeding.path, proceeding.procedure
        if procedure is None or procedure.reply is None:
            yield path, "Nobody is heard before it is decided."
        elif (procedure.reply.days or 0) < REPLY_DAYS:
            yield proceeding.place("reply"), f"There are fewer than {REPLY_DAYS} days to reply."
        if procedure and procedure.decision:
            yield from _decision(catalogue, proceeding.place("decision"), procedure)
        else:
            yield path, "Nobody is said to decide."


def _decision(catalogue: Catalogue, path: Path, procedure: Procedure) -> Found:
    made = procedure.decision
    assert made
    if made.named is None:
        yield path, "No named human decides."
    elif NAMING not in field_kinds(catalogue, made.named):
        yield path, f"The field {made.named} names no human."
    told = (
        *_asked(made.reasons, True, "The decision gives no reasons.", "the decision gives reasons"),
        *_asked(made.bulk, False, "Decisions are made in bulk.", "each case is decided by itself"),
        *_asked(made.by_proposer, False, "Who proposed also decides.", "somebody else than the proposer decides"),
    )
    yield from ((path, said) for said in told)


def appeal(catalogue: Catalogue) -> Found:
    """14. Appeal to a body neither above nor below the author; an appeal in time suspends a restriction."""
    restricted = {proceeding.path for proceeding in decided(catalogue)}
    for proceeding in contested(catalogue):
        path, procedure = proceeding.path, proceeding.procedure
        to = procedure.appeal if procedure else None
        if to is None:
            yield path, "There is no appeal."
        elif to.body not in BODIES:
            yield proceeding.place("appeal"), f"The appeal goes to {_body(to)}."
        elif path in restricted:
            wrong = "An appeal in time suspends nothing."
            for said in _asked(to.suspends, True, wrong, "an appeal in time suspends a restriction"):
                yield proceeding.place("appeal"), said


def _body(to: Appeal) -> str:
    return "a body above the author" if to.body == "superior" else "the author itself"


def silence(catalogue: Catalogue) -> Found:
    """15. Silence of the authority past its deadline counts for the subject."""
    for proceeding in contested(catalogue):
        procedure = proceeding.procedure
        made, to = (procedure.decision, procedure.appeal) if procedure else (None, None)
        if made and (made.days is None or made.silence != "subject"):
            yield proceeding.place("decision"), "Silence of the authority does not end the case."
        if to and (to.decided_in is None or to.silence != "subject"):
            yield proceeding.place("appeal"), "Silence on an appeal does not count for the subject."


def emergency(catalogue: Catalogue) -> Found:
    """16. Against imminent danger to life only, 15 days at most, heard within 5 working days."""
    for name, procedure in catalogue.procedures.items():
        path: Path = ("procedures", name, "interim")
        interim = procedure.interim
        if interim is None:
            continue
        if interim.danger != "life":
            yield path, "An interim measure without danger to life."
        if interim.days is None or interim.days > INTERIM_DAYS:
            yield path, f"An interim measure for more than {INTERIM_DAYS} days."
        if interim.heard_within is None or interim.heard_within > HEARD_WITHIN:
            yield path, f"An interim measure that is not heard within {HEARD_WITHIN} working days."


def repair(catalogue: Catalogue) -> Found:
    """17. Repair is a right, free, and reaches every copy."""
    for proceeding in decided(catalogue):
        path, procedure = proceeding.path, proceeding.procedure
        made = procedure.repair if procedure else None
        if made is None:
            yield path, "There is no way to make good."
            continue
        place = proceeding.place("repair")
        for said in (
            *_asked(made.right, True, "Repair is a favour, not a right.", "repair is a right"),
            *_asked(made.free, True, "Repair costs a fee.", "repair is free"),
        ):
            yield place, said
        if len(set(made.stops)) < 3:
            yield place, "Display, sharing and use do not stop together."
        if made.confirmed_within is None or made.confirmed_within > CONFIRMED_WITHIN:
            yield place, "Recipients do not confirm within a month that their copies are gone."


def proof_of_steps(catalogue: Catalogue) -> Found:
    """18. Each step of the authority names the record field that proves it."""
    for proceeding in decided(catalogue):
        procedure = proceeding.procedure
        for name, hand in _authority_steps(procedure):
            if hand.proof is None:
                yield proceeding.place(name), f"Nothing on record proves the {name}."


def _authority_steps(procedure: Procedure | None) -> Iterator[tuple[str, Hand]]:
    for name in ("notice", "decision", "appeal"):
        hand = getattr(procedure, name, None)
        if isinstance(hand, Hand) and not (isinstance(hand, Appeal) and hand.body == "register"):
            yield name, hand
