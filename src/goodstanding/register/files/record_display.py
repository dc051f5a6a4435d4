"""What of a record anybody may see: nothing where it is for its parties, else all until its time of display is over.

A public listing or grade shows what its own rules say, not the record behind it (charter articles 11 and 19).
"""

from __future__ import annotations

from datetime import date

from goodstanding.catalogue.model import Catalogue


def is_displayed(catalogue: Catalogue, record: str, occurred: date, day: date) -> bool:
    """Whether anybody may see a record of a type on a day, as long as something public rests on it."""
    rule = catalogue.records[record]
    return rule.audience == "anybody" and day < rule.display_term.after(occurred, catalogue.month_sums)
