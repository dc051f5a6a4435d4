"""The forms about applications: what each asks for, and what was typed that cannot be meant; nothing typed is lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.errors import BadInput
from goodstanding.procedure.notices import Exhibit
from goodstanding.register.applications import Request, offered
from goodstanding.register.mandates import LONGEST_TEXT
from goodstanding.subjects import Identifier
from goodstanding.web.applying import money
from goodstanding.web.hearings import attaching
from goodstanding.web.shapes import Problem
from goodstanding.web.shapes import cases as shapes
from goodstanding.web.shapes.calculator import Choice
from goodstanding.web.templatetags.saying import kind

NEW = -1  # files of an application that is not made yet
NAMES = ("list", "kind", "identifier", "name", "text", "amount", "currency")
LONGEST = 500


class Doing(StrEnum):
    """What somebody does with an application."""

    APPLY = "apply"
    DECLINE = "decline"
    COMPLAIN = "complain"
    ANSWER = "answer"
    PERFORMED = "performed"


@dataclass(frozen=True, slots=True)
class Words:
    """How a form speaks."""

    title: str
    says: str
    label: str
    check: str
    send: str


def words(doing: Doing) -> Words:
    """The words of a form."""
    return {
        Doing.APPLY: Words(
            _("Apply for a listing"),
            _("It has no effect by itself. A clerk of the source proposes a listing because of it, or says why not."),
            _("What happened"), _("Check your application"), _("Send your application"),
        ),
        Doing.DECLINE: Words(
            _("Decline this application"), _("Whoever applied reads your reasons word for word, and may complain."),
            _("Reasons"), _("Check your answer"), _("Decline"),
        ),
        Doing.COMPLAIN: Words(
            _("Complain to the overseer"), _("About how it was handled. The overseer reads it, and answers."),
            _("What went wrong"), _("Check your complaint"), _("Send your complaint"),
        ),
        Doing.ANSWER: Words(
            _("Answer the complaint"), _("Whoever applied and the source read it word for word."),
            _("Your answer"), _("Check your answer"), _("Send your answer"),
        ),
        Doing.PERFORMED: Words(
            _("Confirm payment or performance"),
            _("You say that what was owed was paid or done. The listing ends today, and the case with it."),
            _("What was paid or done"), _("Check"), _("Confirm"),
        ),
    }[doing]  # fmt: skip


@dataclass
class Entered:
    """What was typed, the files that came with it, and what is wrong."""

    values: dict[str, str] = field(default_factory=dict)
    exhibits: list[Exhibit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, error: BadInput, where: str | None = None) -> None:
        """Notes what is wrong, and where."""
        at = error.where if error.where in NAMES else where
        self.problems.append(Problem(code=error.code, message=error.message, where=at, remedy=error.remedy))

    @property
    def text(self) -> str:
        """What was said."""
        return self.values.get("text", "")


def read(posted: Mapping[str, str], names: Sequence[str] = ("text",)) -> Entered:
    """What was typed, without what no text has; where something had to be taken out, it says so."""
    entered = Entered()
    for name in names:
        most = LONGEST_TEXT if name == "text" else LONGEST
        typed = str(posted.get(name, "")).replace("\r\n", "\n").replace("\r", "\n").strip()
        seen = "".join(one for one in typed if _is_seen(one, name == "text"))
        entered.values[name] = seen
        if seen != typed:
            said = _("The text had characters that no text has. They are taken out below.")
            entered.problem(BadInput(said, where=name, remedy=_("the text as it stands below, looked at once more")))
        elif len(seen) > most:
            said = _("The text has %(n)s characters.") % {"n": f"{len(seen):,}"}
            remedy = _("at most %(most)s, the rest as a file") % {"most": f"{most:,}"}
            entered.problem(BadInput(said, where=name, remedy=remedy))
    return entered


def _is_seen(letter: str, lines: bool) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs") or (lines and letter in "\n\t")


def missing_words(doing: Doing, entered: Entered) -> None:
    """Notes where nothing was said that must be said."""
    if not entered.text and doing is not Doing.PERFORMED:
        entered.problem(BadInput(_("Nothing is said."), where="text", remedy=_("a text, in your own words")))


def request_of(entered: Entered) -> Request | None:
    """The request that was typed; None where something in it cannot be meant, which is then noted."""
    values, known = entered.values, dict(_offers())
    chosen, amount = known.get(values["list"]), None
    if chosen is None:
        entered.problem(BadInput(_("No list is chosen."), where="list", remedy=_("one of those to choose from")))
    if not values["kind"]:
        entered.problem(BadInput(_("Nothing is chosen."), where="kind", remedy=_("one of these")))
    elif chosen and values["kind"] not in chosen[2]:
        named = ", ".join(kind(one) for one in chosen[2])
        entered.problem(BadInput(_("Nobody of this kind can be on this list."), where="kind", remedy=named))
    if not values["name"]:
        entered.problem(BadInput(_("The name is missing."), where="name", remedy=_("as it calls itself")))
    try:
        Identifier.parse(values["identifier"])
    except BadInput as error:
        entered.problem(error, "identifier")
    try:
        amount = money.read(values["amount"], values["currency"])
    except BadInput as error:
        entered.problem(error, "amount")
    missing_words(Doing.APPLY, entered)
    if entered.problems or chosen is None:
        return None
    listed, source, _kinds = chosen
    named_values = (values["kind"], values["identifier"], values["name"], values["text"])
    return Request(listed, source, *named_values, amount, tuple(entered.exhibits))


def _offers() -> Iterator[tuple[str, tuple[str, str, tuple[str, ...]]]]:
    for one in offered():
        yield f"{one.list} {one.source}", (one.list, one.source, one.kinds)


def form(doing: Doing, address: str, actor: Actor, entered: Entered | None = None, files: int = NEW) -> shapes.ActForm:
    """A form, with what was typed into it; `files` tells apart the files that wait in different forms."""
    given, spoken = entered or Entered(), words(doing)
    fields = _apply(spoken, given) if doing is Doing.APPLY else [_words(spoken, given, doing)]
    return shapes.ActForm(
        act=doing.value, title=spoken.title, says=spoken.says, address=address, seen=0, fields=list(fields),
        files=doing is Doing.APPLY, kept=[attaching.kept(one, files, actor) for one in given.exhibits], wordings=[],
        check=spoken.check, send=spoken.send,
    )  # fmt: skip


def _apply(spoken: Words, given: Entered) -> Iterator[shapes.Field]:
    lists = [Choice(value=f"{one.list} {one.source}", title=f"{one.title} · {one.source_name}") for one in offered()]
    kinds = sorted({each for one in offered() for each in one.kinds})
    yield _field(given, "list", _("Which list, and which authority"), "choice", lists)
    yield _field(
        given, "kind", _("Whom it is about"), "one of these", [(Choice(value=one, title=kind(one))) for one in kinds]
    )
    hint = _("Its scheme, a colon and its value, such as mx-rfc:AAA010101AAA. A name alone does not say who is meant.")
    yield _field(given, "identifier", _("Its identifier"), "text", hint=hint)
    yield _field(given, "name", _("Its name"), "text", hint=_("As it calls itself"))
    yield _words(spoken, given, Doing.APPLY)
    example = _("A figure such as 1200.50, if money is owed")
    yield _field(given, "amount", _("Amount"), "text", hint=example, required=False)
    yield _field(given, "currency", _("Currency"), "text", hint=_("Three letters, such as EUR"), required=False)


def _words(spoken: Words, given: Entered, doing: Doing) -> shapes.Field:
    hint = _("In any language. Up to %(n)s characters") % {"n": f"{LONGEST_TEXT:,}"}
    return _field(given, "text", spoken.label, "words", hint=hint, required=doing is not Doing.PERFORMED)


def _field(
    given: Entered, name: str, title: str, way: str, choices: Sequence[Choice] = (), hint: str = "",
    required: bool = True,
) -> shapes.Field:  # fmt: skip
    wrong = next((one for one in given.problems if one.where == name), None)
    right = _("Right would be: %(remedy)s.") % {"remedy": wrong.remedy} if wrong and wrong.remedy else ""
    return shapes.Field(
        address=name, field=name, title=title, way=way, hint=hint, choices=list(choices), required=required,
        entered=given.values.get(name, ""), problem=" ".join(filter(None, [wrong.message, right])) if wrong else "",
    )  # fmt: skip
