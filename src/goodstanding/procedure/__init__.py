"""Deadlines and decisions: dated steps and acts become intervals, in cases a source states and cases heard here."""

from goodstanding.procedure.advance import Case, StatedStep, advance
from goodstanding.procedure.intervals import Interval, intervals

__all__ = ["Case", "Interval", "StatedStep", "advance", "intervals"]
