"""What no rule may do: the charter's articles, each a function over a catalogue that gives its breaches."""

from goodstanding.charter.articles import ARTICLES, Article
from goodstanding.charter.assessment import (
    VERSION,
    Assessment,
    Breach,
    assess,
    assess_together,
    list_stacking_breaches,
    refuse_if_breached,
    refuse_if_stacked,
)

__all__ = [
    "ARTICLES",
    "VERSION",
    "Article",
    "Assessment",
    "Breach",
    "assess",
    "assess_together",
    "list_stacking_breaches",
    "refuse_if_breached",
    "refuse_if_stacked",
]
