"""Deadlines and decisions: dated steps and acts become intervals, in cases a source states and cases heard here."""

from goodstanding.procedure.intervals import Interval, list_intervals
from goodstanding.procedure.stated_cases import StatedCase, StatedStep, advance

__all__ = ["Interval", "StatedCase", "StatedStep", "advance", "list_intervals"]
