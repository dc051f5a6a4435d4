"""The reasons that an office gave last, with which new ones are compared: two cases are seldom the same."""

from __future__ import annotations

import json

from rapidfuzz import fuzz, process

from goodstanding.access import Actor
from goodstanding.ledger import store as ledger
from goodstanding.procedure.case_states import Act
from goodstanding.register.storage.queries import fetch_rows

COMPARED, ALIKE = 10, 92  # how many are compared; of a hundred, by rapidfuzz's token_sort_ratio
LONGEST = 4_000  # letters of a text that are compared
_NEWEST = """
SELECT position, case_position
FROM hearing_act
WHERE office = %s
  AND act = %s
  AND case_position <> %s
ORDER BY position DESC
LIMIT %s
"""


def find_similar_case(case: int, act: Act, actor: Actor, text: str) -> int | None:
    """Of the last decisions of an office, the case whose reasons are most like a text; None where none is like it."""
    cases = dict(fetch_rows(_NEWEST, [actor.scope, act.value, case, COMPARED]))
    texts = {
        entry.position: str(json.loads(entry.body or "{}").get("text", ""))[:LONGEST]
        for entry in ledger.list_entries_at(list(cases))
    }
    likest = process.extractOne(text[:LONGEST], texts, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
    return cases[likest[2]] if likest else None
