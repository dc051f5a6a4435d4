"""A case played by people who do what they can, on days that pass as they like: what must hold at every step."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.profiles import share_of_examples

from goodstanding.procedure.case_effects import list_span_effects
from goodstanding.procedure.case_machine import apply_act, list_act_refusals
from goodstanding.procedure.case_states import BINDING, DECIDING, OPENING, Act, CompletedAct, HeardCase, Phase
from goodstanding.procedure.time_limits import ProcedureTerms

FIRST = date(2026, 1, 5)
PEOPLE = ("Ada", "Ben", "Chen", "Dora")


class CasePlay(RuleBasedStateMachine):
    """Whatever is possible may be done by anybody; time passes between."""

    def __init__(self) -> None:
        super().__init__()
        self.case, self.day = HeardCase(ProcedureTerms()), FIRST

    @initialize(opening=st.sampled_from(sorted(OPENING)), by=st.sampled_from(PEOPLE))
    def opened(self, opening: Act, by: str) -> None:
        """Somebody opens the case."""
        self.case = apply_act(self.case, CompletedAct(opening, self.day, by))

    @rule(days=st.integers(0, 45))
    def time_passes(self, days: int) -> None:
        """Nothing happens, and no worker runs."""
        self.day += timedelta(days=days)

    @precondition(lambda self: self.case.done)
    @rule(data=st.data(), by=st.sampled_from(PEOPLE), upheld=st.booleans())
    def somebody_acts(self, data: Any, by: str, upheld: bool) -> None:
        """One of the acts that are said to be possible is done, and is possible."""
        can = [act for act, why_not in list_act_refusals(self.case, by, self.day).items() if not why_not]
        if can:
            act = data.draw(st.sampled_from(can))
            self.case = apply_act(self.case, CompletedAct(act, self.day, by, upheld, reasons="So."))

    @invariant()
    def at_one_place_at_a_time(self) -> None:
        """Stretches follow one another, and the last one is open."""
        for span, following in zip(self.case.spans, self.case.spans[1:], strict=False):
            assert span.until == following.since > span.since
        assert not self.case.spans or self.case.spans[-1].until is None

    @invariant()
    def told_before_bound(self) -> None:
        """Nothing binds but after notice and decision, or as an interim measure for fifteen days."""
        acts = [act.act for act in self.case.done]
        if any(effect.binds and effect.phase is not Phase.INTERIM for effect in list_span_effects(self.case)):
            assert acts.index(Act.SERVE_NOTICE) < acts.index(Act.DECIDE)
        for span in self.case.spans:
            if span.phase is Phase.INTERIM:
                assert span.until is not None and (span.until - self.case.done[0].day).days <= 15

    @invariant()
    def nobody_judges_their_own_act(self) -> None:
        """Whoever proposed, asked or decided decides no later step."""
        before: set[str] = set()
        for act in self.case.done:
            if act.act in DECIDING and act.act is not Act.HEAR_INTERIM:
                assert act.by not in before
            if act.act in OPENING or act.act in DECIDING:
                before.add(act.by)

    @invariant()
    def suspended_or_granted_for_the_subject(self) -> None:
        """An appeal in time binds nobody; what was overturned never bound; an unanswered request is granted."""
        for effect in list_span_effects(self.case):
            assert not (effect.phase is Phase.APPEALED and effect.binds)
            assert not (self.case.overturned and effect.binds)
            assert effect.binds <= (effect.phase in BINDING)


TestPlayed = CasePlay.TestCase
TestPlayed.settings = settings(max_examples=share_of_examples(150), stateful_step_count=25)
