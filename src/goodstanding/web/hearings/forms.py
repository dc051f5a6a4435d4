"""The forms of acts: what each asks for, how it reads what was typed, and what it says is missing; nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.catalogue.model import Until
from goodstanding.errors import BadDay, NotPossible
from goodstanding.procedure.hearing import DECIDING, Act, Done, advance
from goodstanding.procedure.notices import Exhibit
from goodstanding.register.hearings import LONGEST, SERVICE, Hearing
from goodstanding.register.letters import is_request
from goodstanding.web import asking
from goodstanding.web.hearings import attaching, said, wordings
from goodstanding.web.shapes import Problem
from goodstanding.web.shapes import cases as shapes
from goodstanding.web.shapes.calculator import Choice

SHORT = 500
SERVING = (Act.SERVE_NOTICE, Act.SERVE_DECISION)
WITHOUT_FILES = (Act.WITHDRAW,)
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass
class Entered:
    """What was typed into a form, the files that came with it, and what is wrong."""

    values: dict[str, str] = field(default_factory=dict)
    exhibits: list[Exhibit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: int | None = None

    def problem(self, where: str, message: str, remedy: str | None = None) -> None:
        """Notes what is wrong, and where."""
        self.problems.append(Problem(code="bad-input", message=message, where=where, remedy=remedy))


@dataclass(frozen=True, slots=True)
class Words:
    """How the form of an act speaks."""

    title: str
    says: str
    label: str
    check: str
    send: str


def words(held: Hearing, act: Act) -> Words:
    """The words of the form of an act."""
    everyone = _("It goes word for word to everyone who decides. Write in any language.")
    read = _("Name facts and law. The subject reads it word for word, and so does whoever hears an appeal.")
    suspends = "" if is_request(held) else _("An appeal in time suspends what was decided.")
    apart = _("Whoever hears it stands apart from who decided.")
    posted = _("Serve the letter first, then say here how, and what proves it. From that day the time to answer runs.")
    served = _("Serve the letter first, then say here how, and what proves it. The decision is in force from that day.")
    reasons, own = _("Reasons"), _("In your own words")
    said_of = {
        Act.REPLY: Words(_("Your reply"), everyone, own, _("Check your reply"), _("Send your reply")),
        Act.APPEAL: Words(
            _("Your appeal"), f"{apart} {suspends}".strip(), own, _("Check your appeal"), _("Send your appeal")
        ),
        Act.SERVE_NOTICE: Words(_("Serve the notice"), posted, "", _("Check the letter"), _("Notice is served")),
        Act.SERVE_DECISION: Words(_("Serve the decision"), served, "", _("Check the letter"), _("Decision is served")),
        Act.DECIDE: Words(_("Decide"), read, reasons, _("Check the decision"), _("Decide")),
        Act.DECIDE_APPEAL: Words(_("Decide the appeal"), read, reasons, _("Check the decision"), _("Decide")),
        Act.DECIDE_DISPUTE: Words(_("Decide the dispute"), read, reasons, _("Check the decision"), _("Decide")),
        Act.DECIDE_REPAIR: Words(_("Decide on repair"), read, reasons, _("Check the decision"), _("Decide")),
        Act.HEAR_INTERIM: Words(_("Hear the interim measure"), read, reasons, _("Check the decision"), _("Decide")),
        Act.LIFT_SUSPENSION: Words(
            _("Lift the suspension"), _("The decision binds from today, until the appeal is decided."),
            _("Order, and its reasons"), _("Check"), _("Lift the suspension"),
        ),
        Act.PERFORM: Words(
            _("Confirm performance"), _("The listing ends today, and the case with it."),
            _("What was performed"), _("Check"), _("Confirm"),
        ),
        Act.WITHDRAW: Words(
            _("Withdraw"), _("The case ends today. It can be opened again only as a new one."),
            _("Why"), _("Check"), _("Withdraw"),
        ),
    }  # fmt: skip
    return said_of[act]


def why_not(held: Hearing, act: Act, actor: Actor, at: date, reason: str) -> str:
    """Why an act is not open, in plain words; nothing where it is, even if only to decide for the subject."""
    if not reason or (act is Act.DECIDE and only_for_subject(held, actor, at)):
        return ""
    span = held.span(at)
    if span and reason == f"The case is {span.phase.value} on {at}.":
        return _("Not open while the case stands at “%(phase)s”.") % {"phase": said.phase(span.phase)}
    return reason


def only_for_subject(held: Hearing, actor: Actor, at: date) -> bool:
    """Whether, today, it can be decided for the subject but not yet against it."""
    return not _can(held, actor, at, True) and _can(held, actor, at, False)


def _can(held: Hearing, actor: Actor, at: date, upheld: bool) -> bool:
    try:
        advance(held.case, Done(Act.DECIDE, at, actor.name, upheld, reasons="to be given"))
    except NotPossible:
        return False
    return True


def form(held: Hearing, act: Act, actor: Actor, at: date, entered: Entered | None = None) -> shapes.ActForm:
    """The form of an act, with what was typed and what is wrong with it."""
    given, spoken = entered or Entered(), words(held, act)
    early = _early(held, act, actor, at)
    return shapes.ActForm(
        act=act.value,
        title=spoken.title,
        says=" ".join(filter(None, [early, spoken.says])),
        address=f"/cases/{held.position}/acts/{act.value}",
        seen=len(held.acts),
        fields=list(_fields(held, act, spoken, bool(early), given)),
        files=act not in WITHOUT_FILES,
        kept=[attaching.kept(one, held.position, actor) for one in given.exhibits],
        wordings=wordings.of(held, act),
        check=spoken.check,
        send=spoken.send,
    )


def _early(held: Hearing, act: Act, actor: Actor, at: date) -> str:
    if act is not Act.DECIDE or held.case.reply_until is None or not only_for_subject(held, actor, at):
        return ""
    until = said.day(said.last(held.case.reply_until))
    return _("The subject can answer until %(last)s. Until then it can only be decided for the subject.") % {
        "last": until
    }


def _fields(held: Hearing, act: Act, spoken: Words, early: bool, given: Entered) -> Iterator[shapes.Field]:
    if act in DECIDING:
        choices = [("yes", said.outcome(held, act, True)), ("no", said.outcome(held, act, False))]
        yield _field(act, given, "upheld", _("Decision"), "one of these", choices[1:] if early else choices, True)
    if act in SERVING:
        ways = [(one, said.service(one)) for one in SERVICE]
        yield _field(act, given, "service", _("How it was served"), "one of these", ways, True)
        yield _field(
            act, given, "proof", _("What proves it"), "text", (), True,
            _("Such as the number of the registered letter, and who signed for it"),
        )  # fmt: skip
    if spoken.label:
        hint = _("Up to %(n)s characters") % {"n": f"{LONGEST:,}"}
        yield _field(act, given, "text", spoken.label, "words", (), act is not Act.PERFORM, hint)
    if early:
        return
    if act is Act.DECIDE and _sets_end(held):
        hint = _("The first day on which it binds no more. The law’s longest term ends it in any case.")
        yield _field(act, given, "ends_on", _("It ends on"), "day", (), False, hint)
    if act is Act.DECIDE and held.opened.body.get("objection") is not None:
        named = {"case": f"GS-{held.opened.body['objection']}"}
        hint = _("The same was rejected in %(case)s. It can be upheld only for something new.") % named
        yield _field(act, given, "new", _("What is new since then"), "words", (), False, hint)


def _field(
    act: Act, given: Entered, name: str, title: str, way: str, choices: Sequence[tuple[str, str]], required: bool,
    hint: str = "",
) -> shapes.Field:  # fmt: skip
    wrong = next((one for one in given.problems if one.where == name), None)
    return shapes.Field(
        address=f"{act.value}-{name}", field=name, title=title, way=way, hint=hint, required=required,
        choices=[Choice(value=value, title=text) for value, text in choices], entered=given.values.get(name, ""),
        problem=" ".join(filter(None, [wrong.message, _right(wrong)])) if wrong else "",
    )  # fmt: skip


def _right(problem: Problem) -> str:
    return _("Right would be: %(remedy)s.") % {"remedy": problem.remedy} if problem.remedy else ""


def _sets_end(held: Hearing) -> bool:
    rule = held.rules.lists.get(held.listed)
    return rule is not None and isinstance(rule.stays, Until)


def read(held: Hearing, act: Act, posted: Mapping[str, Any], at: date) -> tuple[Entered, dict[str, Any]]:
    """What was typed, as it was typed, and as the act says it; every problem stands at its field."""
    entered = Entered()
    meant: dict[str, Any] = {}
    for name in ("upheld", "service", "proof", "text", "ends_on", "new"):
        entered.values[name] = text = _typed(entered, name, str(posted.get(name, "")))
        if text.strip():
            meant[name] = text
    entered.seen = int(posted["seen"]) if str(posted.get("seen", "")).isdecimal() else None
    if act in DECIDING:
        _read_outcome(entered, meant, act, at)
    if act in SERVING:
        _read_service(entered, meant)
    expected = ({"upheld", "text", "ends_on", "new"} if act in DECIDING else set()) | (
        {"service", "proof"} if act in SERVING else {"text"}
    )
    return entered, {name: value for name, value in meant.items() if name in expected}


def missing_words(act: Act, entered: Entered) -> None:
    """Notes where nothing was said that must be said; a reply may be its files."""
    if act in (*SERVING, Act.PERFORM) or entered.values.get("text", "").strip():
        return
    if act is Act.REPLY and entered.exhibits:
        return
    message = _("A decision needs its reasons.") if act in DECIDING else _("Nothing is said.")
    remedy = _("reasons that name facts and law") if act in DECIDING else _("a text, in your own words")
    entered.problem("text", message, remedy)


def _typed(entered: Entered, name: str, text: str) -> str:
    return cleaned(entered, name, text, SHORT if name in ("proof", "upheld", "service", "ends_on") else LONGEST)


def cleaned(entered: Entered, name: str, text: str, most: int) -> str:
    """The text with line ends as one kind; what cannot be seen or printed is taken out, and said."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    odd = _UNSEEN.findall(plain)
    if odd:
        codes = ", ".join(sorted({f"U+{ord(one):04X}" for one in odd})[:5])
        message = _("The text had characters that no text has (%(codes)s). They are taken out below.") % {
            "codes": codes
        }
        entered.problem(name, message, _("the text as it stands below, looked at once more"))
    if len(plain) > most:
        message = _("The text has %(n)s characters.") % {"n": f"{len(plain):,}"}
        entered.problem(name, message, _("at most %(most)s, the rest as a file") % {"most": f"{most:,}"})
    return _UNSEEN.sub("", plain)


def _read_outcome(entered: Entered, meant: dict[str, Any], act: Act, at: date) -> None:
    chosen = {"yes": True, "no": False}.get(str(meant.get("upheld", "")).strip())
    if chosen is None:
        entered.problem("upheld", _("Nothing is chosen."), _("one of the two"))
    meant["upheld"] = chosen
    if text := str(meant.pop("ends_on", "")).strip():
        try:
            meant["ends_on"] = asking.day(text, "ends_on")
        except BadDay as error:
            entered.problem("ends_on", error.message, error.remedy)
            return
        if meant["ends_on"] <= at:
            entered.problem("ends_on", _("This day is not ahead."), _("a day after today, or nothing"))


def _read_service(entered: Entered, meant: dict[str, Any]) -> None:
    if str(meant.get("service", "")) not in SERVICE:
        entered.problem("service", _("No way of service is chosen."), _("one of these"))
    if not str(meant.get("proof", "")).strip():
        entered.problem(
            "proof", _("What proves the service is missing."), _("such as the number of the registered letter")
        )
