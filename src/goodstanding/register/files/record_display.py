"""What of a record anybody may see: nothing where it is for its parties, else all until its time of display is over.

A public listing or grade shows what its own rules say, not the record behind it (charter articles 11 and 19).
"""

from __future__ import annotations

import re
from datetime import date

from goodstanding.catalogue.model import Catalogue

MOST_WORDS, MOST_SIGNS = 8, 40  # of a reference: words of letters, and signs of a script without spaces
_WORDS = re.compile(r"[^\W\d_]{2,}")
_SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def is_displayed(catalogue: Catalogue, record: str, occurred: date, day: date) -> bool:
    """Whether anybody may see a record of a type on a day, as long as something public rests on it."""
    rule = catalogue.records[record]
    return rule.audience == "anybody" and day < rule.display_term.after(occurred, catalogue.month_sums)


def is_document_number(reference: str) -> bool:
    """Whether a record's reference can be the number of a document, and is no sentence about somebody (article 2)."""
    return len(_WORDS.findall(reference)) <= MOST_WORDS and len(_SIGNS.findall(reference)) <= MOST_SIGNS
