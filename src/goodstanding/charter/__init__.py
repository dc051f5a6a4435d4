"""What no rule may do: the charter's articles, each a function over a catalogue that gives its breaches."""

from goodstanding.charter.articles import ARTICLES, Article
from goodstanding.charter.assessment import VERSION, Assessment, Breach, assess, refuse_if_breached

__all__ = ["ARTICLES", "VERSION", "Article", "Assessment", "Breach", "assess", "refuse_if_breached"]
