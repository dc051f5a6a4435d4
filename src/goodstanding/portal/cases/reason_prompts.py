"""What helps to reason a decision: articles, facts and answers beside the box, and questions before it is sent."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.portal.cases.presenters import list_stated_values, present_case_laws
from goodstanding.portal.cases.schemas import ReasonPrompts
from goodstanding.portal.cases.timeline import build_timeline
from goodstanding.procedure.case_states import DECIDING, Act
from goodstanding.register.cases.case_file import CaseFile
from goodstanding.register.cases.reasons.earlier_reasons import COMPARED, find_similar_case
from goodstanding.register.cases.reasons.reason_length import is_thin_reason

_OWN_WORDS = (Act.REPLY, Act.APPEAL)


def present_reason_prompts(case_file: CaseFile, act: Act) -> ReasonPrompts | None:
    """What a decision has to speak of; None for an act that decides nothing."""
    if act not in DECIDING:
        return None
    answers = [case_act for case_act in case_file.acts if case_act.act in _OWN_WORDS]
    return ReasonPrompts(
        laws=present_case_laws(case_file),
        facts=list(list_stated_values(case_file)),
        answers=build_timeline(case_file, answers),
    )


def list_reason_questions(case_file: CaseFile, act: Act, actor: Actor, text: str) -> Iterator[str]:
    """What to check again before a decision is sent; nothing where its reasons seem to be its own."""
    if act not in DECIDING:
        return
    if is_thin_reason(text):
        yield _("Your reasons are very short. Do they say which facts you found, which article applies, and why?")
    if any(case_act.act in _OWN_WORDS for case_act in case_file.acts) and is_thin_reason(text):
        yield _("The subject answered. Do your reasons say what you think of its answer?")
    if (case := find_similar_case(case_file.position, act, actor, text)) is not None:
        question = _(
            "Your reasons read like those in GS-%(case)s, one of the last %(n)s decisions of your office. Are they"
            " about this case?"
        )
        yield question % {"case": case, "n": COMPARED}
