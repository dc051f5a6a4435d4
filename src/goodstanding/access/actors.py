"""Who asks: a role, and for whom or where they hold it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """The parts that people and programs play."""

    ANYBODY = "anybody"
    SUBJECT = "subject"
    SOURCE = "source"
    DECIDER = "decider"
    APPEAL = "appeal"
    OVERSEER = "overseer"
    RECIPIENT = "recipient"
    RELYING = "relying-party"
    APPLICANT = "applicant"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in a role. `scope` is the identifier of the subject they act for, or of the source they work for.

    A decider or appeal body with an empty scope acts for every source; an overseer needs none. `name` is what they
    sign in with, `full_name` how letters name them, where that is another.
    """

    role: Role
    scope: str = ""
    name: str = ""
    full_name: str = field(default="", compare=False)


ANYBODY = Actor(Role.ANYBODY)
OPERATOR = Actor(Role.OPERATOR, name="operator at the terminal")
