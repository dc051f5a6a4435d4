"""Deadlines and decisions: dated steps and acts become intervals, in cases a source states and cases heard here."""

from goodstanding.procedure.advance import StatedCase, StatedStep, advance
from goodstanding.procedure.intervals import Interval, list_intervals

__all__ = ["Interval", "StatedCase", "StatedStep", "advance", "list_intervals"]
