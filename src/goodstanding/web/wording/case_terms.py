"""How pages speak of a case: its phases, its acts, the time left, and what follows if nobody acts."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goodstanding.access import Actor, Role
from goodstanding.procedure.case_states import DISPUTES, Act, EndReason, Phase, PhaseSpan
from goodstanding.procedure.intervals import compute_last_day
from goodstanding.register.cases.case_file import CaseAct, CaseFile
from goodstanding.register.cases.notices import is_subject_request


def name_phase(phase: Phase) -> str:
    """A phase in words."""
    titles = {
        Phase.PROPOSED: _("Proposed, notice not yet served"),
        Phase.TOLD: _("Notice served, not yet decided"),
        Phase.DECIDED: _("Decided, not yet served"),
        Phase.IN_FORCE: _("In force, can be appealed"),
        Phase.APPEALED: _("Appealed, suspended"),
        Phase.APPEALED_BINDING: _("Appealed, binding by order"),
        Phase.FINAL: _("Final"),
        Phase.INTERIM: _("Interim measure in force"),
        Phase.ASKED: _("Requested, not yet decided"),
        Phase.REFUSED: _("Refused, can be appealed"),
        Phase.REFUSAL_APPEALED: _("Refusal appealed"),
        Phase.GRANTED: _("Granted"),
        Phase.ENDED: _("Ended"),
    }
    return titles[phase]


def name_act(act: Act) -> str:
    """What was done, in words."""
    titles = {
        Act.PROPOSE: _("Proposed"),
        Act.SERVE_NOTICE: _("Notice served"),
        Act.REPLY: _("Reply"),
        Act.DECIDE: _("Decided"),
        Act.SERVE_DECISION: _("Decision served"),
        Act.APPEAL: _("Appeal"),
        Act.LIFT_SUSPENSION: _("Suspension lifted"),
        Act.DECIDE_APPEAL: _("Appeal decided"),
        Act.IMPOSE_INTERIM: _("Interim measure imposed"),
        Act.HEAR_INTERIM: _("Interim measure heard"),
        Act.PERFORM: _("Performance confirmed"),
        Act.WITHDRAW: _("Withdrawn"),
        Act.DISPUTE_RECORD: _("Record disputed"),
        Act.DISPUTE_LINK: _("Disputed: the record is about somebody else"),
        Act.DECIDE_DISPUTE: _("Dispute decided"),
        Act.ASK_REPAIR: _("Repair requested"),
        Act.DECIDE_REPAIR: _("Repair decided"),
        Act.UNDO: _("Cancelled: found wrong"),
    }
    return titles[act]


def name_service(service: str) -> str:
    """A way of service in words."""
    titles = {
        "opened": _("Opened in the subject’s inbox"),
        "delivered": _("Delivered by hand, against a receipt"),
        "posted": _("Posted, registered"),
        "published": _("Published, since no address is known"),
    }
    return titles.get(service, service)


def name_decision_outcome(case_file: CaseFile, decision: Act, upheld: bool) -> str:
    """What a decision says: whether what stands against the subject stands."""
    outcomes = {
        Act.DECIDE: (_("The finding is upheld"), _("The finding is not upheld: the case ends")),
        Act.HEAR_INTERIM: (_("The measure stays"), _("The measure ends now")),
        Act.DECIDE_REPAIR: (_("The listing stays"), _("The listing ends now")),
        Act.DECIDE_DISPUTE: (_("The record stands"), _name_granted_dispute(case_file)),
        Act.DECIDE_APPEAL: _name_appeal_outcomes(case_file),
    }
    return outcomes[decision][0 if upheld else 1] if decision in outcomes else ""


def _name_granted_dispute(case_file: CaseFile) -> str:
    if case_file.opened.act is Act.DISPUTE_LINK:
        return _("The record is about somebody else: it never had any effect on the subject")
    return _("The record is wrong: it never had any effect")


def _name_appeal_outcomes(case_file: CaseFile) -> tuple[str, str]:
    if case_file.opened.act in DISPUTES or case_file.opened.act is Act.ASK_REPAIR:
        return _("The refusal stands"), _("The request is granted")
    return _("The decision stands"), _("The decision is annulled: it never had any effect")


def format_day(day: date) -> str:
    """A day in words, inside a sentence."""
    return date_format(day, "j F Y")


def describe_deadline(span: PhaseSpan, following: PhaseSpan | None) -> str:
    """What follows when a stretch is over and nobody acted, as a sentence."""
    if span.until is None:
        return _describe_open_end(span.phase)
    named = {"last": format_day(compute_last_day(span.until))}
    to_final = following is not None and following.phase is Phase.FINAL
    sentences = {
        Phase.PROPOSED: _("If the notice is not served by the end of %(last)s, the case ends."),
        Phase.TOLD: _("If there is no decision by the end of %(last)s, the case ends in the subject’s favour."),
        Phase.DECIDED: _(
            "If the decision is not served by the end of %(last)s, the case ends in the subject’s favour."
        ),
        Phase.IN_FORCE: _("If nobody appeals by the end of %(last)s, the decision is final.")
        if to_final else _("It ends by itself after %(last)s."),
        Phase.APPEALED: _("If the appeal is not decided by the end of %(last)s, the decision is annulled."),
        Phase.APPEALED_BINDING: _("If the appeal is not decided by the end of %(last)s, the decision is annulled."),
        Phase.FINAL: _("It ends by itself after %(last)s."),
        Phase.INTERIM: _("If the measure is not heard by the end of %(last)s, it ends.")
        if span.then is EndReason.NOT_HEARD else _("It ends by itself after %(last)s."),
        Phase.ASKED: _("If there is no answer by the end of %(last)s, the request is granted."),
        Phase.REFUSED: _("If nobody appeals by the end of %(last)s, the refusal is final."),
        Phase.REFUSAL_APPEALED: _("If the appeal is not decided by the end of %(last)s, the request is granted."),
    }  # fmt: skip
    return sentences.get(span.phase, "") % named


def _describe_open_end(phase: Phase) -> str:
    if phase is Phase.FINAL:
        return _("It stays until performance, repair or a decision ends it.")
    return ""


def name_deadline(phase: Phase, then: EndReason | None = None) -> str:
    """What the time of a phase is for; `then` is why it ends if nobody acts."""
    if then is EndReason.NOT_HEARD:
        return _("Time to hear the measure")
    titles = {
        Phase.PROPOSED: _("Time to serve the notice"),
        Phase.TOLD: _("Time to decide"),
        Phase.DECIDED: _("Time to serve the decision"),
        Phase.IN_FORCE: _("Time to appeal"),
        Phase.APPEALED: _("Time to decide the appeal"),
        Phase.APPEALED_BINDING: _("Time to decide the appeal"),
        Phase.FINAL: _("Until it ends by itself"),
        Phase.INTERIM: _("Until the measure ends"),
        Phase.ASKED: _("Time to decide"),
        Phase.REFUSED: _("Time to appeal"),
        Phase.REFUSAL_APPEALED: _("Time to decide the appeal"),
    }
    return titles.get(phase, "")


def describe_case_state(case_file: CaseFile, actor: Actor, at: date) -> str:
    """What is the matter, in one sentence, to whoever asks."""
    span = case_file.span(at)
    if span is None:
        return _("This case begins on %(day)s.") % {"day": format_day(case_file.opened.day)}
    if span.phase in (Phase.ENDED, Phase.GRANTED):
        return describe_case_end(case_file, at)
    named = {"last": format_day(compute_last_day(span.until)) if span.until else "", "reply": ""}
    replying = case_file.case.reply_until is not None and at < case_file.case.reply_until
    if replying and case_file.case.reply_until:
        named["reply"] = format_day(compute_last_day(case_file.case.reply_until))
    if span.until is None:
        return _("You are on a list, and the decision is final") if _is_subject(actor) else _("The decision is final")
    sentence = (_describe_to_subject if _is_subject(actor) else _describe_to_others)(case_file, span.phase, replying)
    return sentence % named


def _is_subject(actor: Actor) -> bool:
    return actor.role is Role.SUBJECT


def _describe_to_subject(case_file: CaseFile, phase: Phase, replying: bool) -> str:
    waiting = _("You may be put on a list. A decision is due by %(last)s")
    return {
        Phase.PROPOSED: _(
            "An authority has proposed something about you. You will receive a notice by %(last)s, or the case ends"
        ),
        Phase.TOLD: _describe_time_to_reply(case_file) if replying else waiting,
        Phase.DECIDED: _("A decision was made. It is not in force until it is served on you"),
        Phase.IN_FORCE: _("You are on a list. You can appeal until %(last)s"),
        Phase.APPEALED: _("You have appealed. Nothing is in force until your appeal is decided"),
        Phase.APPEALED_BINDING: _("You have appealed. An order keeps the decision in force until then"),
        Phase.FINAL: _("You are on a list until %(last)s, or sooner"),
        Phase.INTERIM: _describe_own_interim(case_file),
        Phase.ASKED: _("You have made a request. An answer is due by %(last)s, or the request is granted"),
        Phase.REFUSED: _("Your request was refused. You can appeal until %(last)s"),
        Phase.REFUSAL_APPEALED: _("You have appealed. An answer is due by %(last)s, or your request is granted"),
    }[phase]


def _describe_time_to_reply(case_file: CaseFile) -> str:
    if case_file.case.who(Act.REPLY):
        return _("You have answered. You can add to your answer until %(reply)s")
    return _("You may be put on a list. You can answer until %(reply)s")


def _describe_own_interim(case_file: CaseFile) -> str:
    if case_file.case.who(Act.HEAR_INTERIM):
        return _("An interim measure binds you until %(last)s at most")
    if case_file.case.who(Act.REPLY):
        return _("You answered. The interim measure must be heard by %(last)s, or it ends")
    return _("An interim measure binds you. You can answer until it is heard, by %(last)s at the latest")


def _describe_interim(case_file: CaseFile) -> str:
    if case_file.case.who(Act.HEAR_INTERIM):
        return _("An interim measure binds until %(last)s at most")
    if case_file.case.who(Act.REPLY):
        return _("Answered. The interim measure must be heard by %(last)s, or it ends")
    return _("The interim measure must be heard by %(last)s, or it ends")


def _describe_to_others(case_file: CaseFile, phase: Phase, replying: bool) -> str:
    waiting = _("A decision is due by %(last)s, or the case ends")
    if case_file.case.who(Act.REPLY):
        replying, waiting = False, _("Answered. A decision is due by %(last)s, or the case ends")
    return {
        Phase.PROPOSED: _("The notice must be served by %(last)s, or the case ends"),
        Phase.TOLD: _("The subject can answer until %(reply)s") if replying else waiting,
        Phase.DECIDED: _("The decision must be served by %(last)s, or the case ends"),
        Phase.IN_FORCE: _("In force, and it can be appealed until %(last)s"),
        Phase.APPEALED: _("The appeal must be decided by %(last)s, or the decision falls"),
        Phase.APPEALED_BINDING: _("The appeal must be decided by %(last)s, or the decision falls"),
        Phase.FINAL: _("The decision is final, and ends by itself after %(last)s"),
        Phase.INTERIM: _describe_interim(case_file),
        Phase.ASKED: _("An answer is due by %(last)s, or the request is granted"),
        Phase.REFUSED: _("Refused, and the refusal can be appealed until %(last)s"),
        Phase.REFUSAL_APPEALED: _("The appeal must be decided by %(last)s, or it is granted"),
    }[phase]


def describe_case_end(case_file: CaseFile, at: date) -> str:
    """How a case ended, or what was asked for was granted: by which act, or by silence."""
    span = case_file.span(at)
    since = span.since if span else at
    ending_act = next(
        (
            case_act
            for case_act in reversed(case_file.acts)
            if case_act.day == since and case_act.act not in (Act.REPLY,)
        ),
        None,
    )
    if ending_act is not None:
        return _describe_ending_act(case_file, ending_act) % {"day": format_day(since)}
    ended_span = next((earlier_span for earlier_span in case_file.case.spans if earlier_span.until == since), None)
    if ended_span is None:
        return _("The case ended on %(day)s") % {"day": format_day(since)}
    return _describe_silent_end(ended_span.phase) % {"day": format_day(since)}


def _describe_ending_act(case_file: CaseFile, case_act: CaseAct) -> str:
    upheld = case_act.body.get("upheld", True)
    if case_act.act is Act.DECIDE_APPEAL:
        granted = (
            _("The appeal succeeded: the request was granted on %(day)s")
            if is_subject_request(case_file)
            else _("The decision was annulled on %(day)s. It never had any effect")
        )
        return granted if not upheld else _("The refusal was upheld on %(day)s")
    return {
        Act.DECIDE: _("The finding was not upheld on %(day)s. The case is over"),
        Act.WITHDRAW: _("The case was withdrawn on %(day)s"),
        Act.PERFORM: _("The duty was performed, and the listing ended on %(day)s"),
        Act.HEAR_INTERIM: _("The interim measure was ended on %(day)s"),
        Act.DECIDE_DISPUTE: _("The record was found wrong on %(day)s. It has no effect"),
        Act.DECIDE_REPAIR: _("Repair was granted on %(day)s"),
        Act.UNDO: _("The finding was found wrong on %(day)s. It never had any effect"),
    }.get(case_act.act, _("The case ended on %(day)s"))


def _describe_silent_end(before: Phase) -> str:
    return {
        Phase.PROPOSED: _("The notice was not served in time. The case ended on %(day)s"),
        Phase.TOLD: _("The authority did not decide in time. The case ended on %(day)s"),
        Phase.DECIDED: _("The decision was not served in time. The case ended on %(day)s"),
        Phase.APPEALED: _("The appeal was not decided in time. The case ended on %(day)s"),
        Phase.APPEALED_BINDING: _("The appeal was not decided in time. The case ended on %(day)s"),
        Phase.ASKED: _("There was no answer in time. The request was granted on %(day)s"),
        Phase.REFUSAL_APPEALED: _("The appeal was not decided in time. The request was granted on %(day)s"),
        Phase.REFUSED: _("There was no appeal. The refusal became final on %(day)s"),
        Phase.INTERIM: _("The interim measure ended on %(day)s"),
    }.get(before, _("Its term ended, and so did the case, on %(day)s"))
