"""Deadlines and decisions: one state machine that turns the dated steps of a case into intervals."""

from goodstanding.procedure.advance import Case, StatedStep, advance
from goodstanding.procedure.intervals import Interval, intervals

__all__ = ["Case", "Interval", "StatedStep", "advance", "intervals"]
