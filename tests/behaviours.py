"""Small behaviours for tests: a few lines beside a small catalogue, compiled."""

from __future__ import annotations

from tests.rules import make_catalogue

from goodstanding.lab.acts import load_acts
from goodstanding.lab.behaviour.behaviour_file import Behaviour, parse_behaviour
from goodstanding.lab.channels import load_channels
from goodstanding.lab.strict_files import StrictFile

HEAD = """\
behaviour: tiny
runs: {from: 2020-01-01, months: 60}
population: {draw: fictional}
not_known: [nothing here is a fact]
"""
NUMBER = "{value: 0.5, range: [0, 1], assumption: made up}"


def make_behaviour(text: str, rules: str, head: str = HEAD) -> Behaviour:
    """The behaviour of these lines under a catalogue of these rules; SHARE stands for a parameter."""
    file = StrictFile("tiny/behaviour.yaml", head + text.replace("SHARE", NUMBER))
    return parse_behaviour(file, make_catalogue(rules, "lab"), load_acts(), load_channels())
