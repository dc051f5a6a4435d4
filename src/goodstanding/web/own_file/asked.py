"""What a subject may ask for or say about an entry of its file, and how the form for it speaks."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.errors import BadInput, NotFound
from goodstanding.procedure.hearing import DISPUTES
from goodstanding.procedure.notices import Exhibit
from goodstanding.procedure.terms import terms_of
from goodstanding.register import catalogues, file, hearing_rows, replies, requests
from goodstanding.register.file import Record, Subject
from goodstanding.register.hearings import LONGEST
from goodstanding.web import facts
from goodstanding.web.about import about, size
from goodstanding.web.hearings import attaching, said
from goodstanding.web.shapes import Problem
from goodstanding.web.shapes import cases as case_shapes
from goodstanding.web.shapes import own_file as shapes

FARTHEST = 2**53


class Doing(StrEnum):
    """What a subject does about an entry."""

    DISPUTE = "dispute"
    LINK = "link"
    REPAIR = "repair"
    REPLY = "reply"


FOLDERS = {Doing.DISPUTE: "disputes", Doing.LINK: "disputes", Doing.REPAIR: "repairs", Doing.REPLY: "replies"}


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
    everyone = _("It goes word for word to everyone who decides. Write in any language.")
    own = _("In your own words")
    return {
        Doing.DISPUTE: Words(_("Dispute this record"), everyone, _("What is wrong, and how you know"),
                             _("Check your dispute"), _("Send your dispute")),
        Doing.LINK: Words(_("This is not about us"), everyone, _("Whom it may be about, and how you know"),
                          _("Check your dispute"), _("Send your dispute")),
        Doing.REPAIR: Words(_("Ask for repair"), everyone, _("What you have put right, and what shows it"),
                            _("Check your request"), _("Send your request")),
        Doing.REPLY: Words(
            _("Reply in public"),
            _("Anybody who reads this entry reads your words beside it, marked as yours. Name no person in them."),
            own, _("Check your reply"), _("Publish your reply"),
        ),
    }[doing]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asking:
    """A subject's representative about to do something about the entry that rests on a record, on a day."""

    doing: Doing
    actor: Actor
    who: Subject
    record: Record
    at: date

    @property
    def address(self) -> str:
        """Where the form is sent to."""
        mark = "?link=1" if self.doing is Doing.LINK else ""
        return f"/file/{FOLDERS[self.doing]}/{self.record.position}{mark}"

    @property
    def most(self) -> int:
        """The most letters that a text may have."""
        return replies.LONGEST if self.doing is Doing.REPLY else LONGEST


def own_record(who: Subject, position: int) -> Record:
    """A record in the subject's own file; raises NotFound for any other, so that nobody learns of one."""
    found = file.at(position) if position < FARTHEST else None
    if found is None or found[0] != who.id:
        raise NotFound(_("There is no such record in your file."), remedy=_("a record that your file shows"))
    return found[1]


def cleaned(asking: Asking, text: str) -> tuple[str, list[Problem]]:
    """A text with one kind of line end and nothing unseen, and what is wrong with it; nothing legible is lost."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    seen = "".join(one for one in plain if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs"))
    if seen != plain:
        said_of = _("The text had characters that no text has. They are taken out below.")
        return seen, [_problem(said_of, _("the text as it stands below, looked at once more"))]
    if not seen:
        return seen, [_problem(_("Nothing is said."), _("a text, in your own words"))]
    if len(seen) > asking.most:
        named = {"n": f"{len(seen):,}", "most": f"{asking.most:,}"}
        return seen, [_problem(_("The text has %(n)s characters.") % named, _("at most %(most)s") % named)]
    return seen, _unpublished(seen) if asking.doing is Doing.REPLY else []


def _unpublished(text: str) -> list[Problem]:
    try:
        replies.checked(text)
    except BadInput as error:
        return [_problem(error.message, error.remedy)]
    return []


def _problem(message: str, remedy: str | None) -> Problem:
    return Problem(code="bad-input", message=message, where="text", remedy=remedy)


def page(
    asking: Asking, stage: str, text: str = "", exhibits: Sequence[Exhibit] = (), problems: Sequence[Problem] = ()
) -> shapes.AskPage:
    """The form, or what will be sent, with what was typed and what is wrong with it."""
    one = asking.record
    return shapes.AskPage(
        about=about(),
        subject=facts.named(asking.who),
        doing=asking.doing.value,
        stage=stage,
        position=one.position,
        entry=f"{one.title}, {said.day(one.occurred)}",
        source_name=one.source_name,
        says=[case_shapes.Stated(title=title, value=value) for title, value in one.shown],
        suspends=asking.doing in (Doing.DISPUTE, Doing.LINK) and not _refused_before(asking),
        answer_until=_answer_until(asking),
        form=_form(asking, text, exhibits, problems),
        problems=list(problems),
    )


def _form(asking: Asking, text: str, exhibits: Sequence[Exhibit], problems: Sequence[Problem]) -> case_shapes.ActForm:
    spoken, position = words(asking.doing), asking.record.position
    wrong = next((one for one in problems if one.where == "text"), None)
    right = _("Right would be: %(remedy)s.") % {"remedy": wrong.remedy} if wrong and wrong.remedy else ""
    field = case_shapes.Field(
        address="text", field="text", title=spoken.label, way="words", required=True, choices=[], entered=text,
        hint=_("Up to %(n)s characters") % {"n": f"{asking.most:,}"},
        problem=" ".join(filter(None, [wrong.message, right])) if wrong else "",
    )  # fmt: skip
    return case_shapes.ActForm(
        act=asking.doing.value, title=spoken.title, says=spoken.says, address=asking.address, seen=0, fields=[field],
        files=asking.doing is not Doing.REPLY, kept=[attaching.kept(one, position, asking.actor) for one in exhibits],
        wordings=[], check=spoken.check, send=spoken.send,
    )  # fmt: skip


def _answer_until(asking: Asking) -> date | None:
    """The last day on which the source can answer, were it sent today."""
    if asking.doing is Doing.REPLY:
        return None
    catalogue = catalogues.on_file()[asking.record.catalogue].catalogue
    terms = terms_of(catalogue)
    limit = terms.repair if asking.doing is Doing.REPAIR else terms.dispute
    return said.last(terms.over(asking.at, limit, "authority"))


def _refused_before(asking: Asking) -> bool:
    """Whether the same was disputed before, so that another dispute suspends nothing if that was refused."""
    found = hearing_rows.cases_of(asking.who.id, size())
    return any(row["about"] == asking.record.position and row["act"] in DISPUTES for row in found)


def why_not(asking: Asking) -> str:
    """Why it cannot be asked for today, as far as that is known before anything is written; else nothing."""
    if asking.doing is Doing.REPLY and not replies.public_entries(asking.record.position, asking.at):
        return _("Nothing that anybody reads rests on this record today, so no reply can stand beside it.")
    if asking.doing is Doing.REPAIR:
        return requests.why_no_repair(asking.record, asking.at)
    if asking.doing in (Doing.DISPUTE, Doing.LINK) and asking.record.replaced_at is not None:
        return _("A later version took its place.")
    return ""
