"""What pages say in other words than when a kept register's answers were recorded: the same answer, said better."""

from __future__ import annotations

from typing import Any

REWORDINGS = {
    "Told, to be answered and decided": "Notice served, not yet decided",
    "Asked for, to be decided": "Requested, not yet decided",
    "You appealed. Nothing is in force while your appeal is heard": (
        "You have appealed. Nothing is in force until your appeal is decided"
    ),
    "The authority was silent. ": "The authority did not decide in time. ",
    "The decision is annulled: it never held": "The decision is annulled: it never had any effect",
    "If nothing is decided by the end of ": "If there is no decision by the end of ",
    ", the case ends for the subject.": ", the case ends in the subject’s favour.",
    ", the decision falls.": ", the decision is annulled.",
    "If it is not heard by the end of ": "If the measure is not heard by the end of ",
    ", the measure ends.": ", it ends.",
    ", it is granted.": ", the request is granted.",
    "How to get off, and be heard": "How to contest it or leave the list",
    "Each step with who holds it, how long it takes, and what proves it. What is left out says so.": (
        "Each step: who carries it out, how long it takes, and what proves it."
    ),
    "Sooner than its term": "Ways to leave early",
    "Off the list: ": "Leaving the list: ",
    "Repair: somebody made good and asks to be taken off.": "Repair: you put things right and ask to leave the list.",
    "In plain words, beside the text that it rests on.": "In plain words, next to the law it is based on.",
    "Nothing else can be. Who sends it in, about whom, and who may see it.": (
        "Only this can be recorded: who sends it, whom it is about, and who can see it."
    ),
}


def reword(answer: Any) -> Any:
    """A recorded answer in the words of today."""
    if isinstance(answer, dict):
        return {name: reword(inner) for name, inner in answer.items()}
    if isinstance(answer, list):
        return [reword(inner) for inner in answer]
    if isinstance(answer, str):
        for before, now in REWORDINGS.items():
            answer = answer.replace(before, now)
    return answer
