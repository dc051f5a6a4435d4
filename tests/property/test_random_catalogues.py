"""Whatever a live catalogue declares, its effects keep what the charter promises: over the whole model of catalogues.

Catalogues are drawn from the model, key by key, and histories under them; what must hold is worked out from the words
of the charter alone. `test_live_cases` does the same for cases of one shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests.profiles import share_of_examples
from tests.random_catalogues.choices import Chooser, Content, SeededChooser
from tests.random_catalogues.histories import build_record_table, draw_histories
from tests.random_catalogues.model_keys import NOT_DRAWN, list_model_keys, list_used_keys
from tests.random_catalogues.promises import list_broken_promises
from tests.random_catalogues.rules import build_catalogue, contents, draw_content

from goodstanding import charter, standing
from goodstanding.catalogue import Catalogue
from goodstanding.effects import compute_intervals


def list_problems(catalogue: Catalogue, rows: list[dict[str, Any]]) -> Iterator[str]:
    """The promises that the effects of all subjects break."""
    records = build_record_table(rows)
    effects = standing.compute_effects(records, compute_intervals(records, catalogue), catalogue).to_pylist()
    if any(effect["kind"] == "listing" for effect in effects):
        event("listed")
    for subject_id in {row["subject_id"] for row in rows}:
        own_rows = [row for row in rows if row["subject_id"] == subject_id]
        own_effects = [effect for effect in effects if effect["subject_id"] == subject_id]
        yield from list_broken_promises(catalogue, own_rows, own_effects)


@settings(max_examples=share_of_examples(400))
@given(contents(), st.data())
def test_what_the_charter_promises_holds_of_every_catalogue_that_it_lets_pass(
    content: Content, data: st.DataObject
) -> None:
    """Nothing binds unheard, outlives its end or shows what is the parties'; appeals suspend and performance ends."""
    catalogue = build_catalogue(content)
    if catalogue is None or charter.assess(catalogue).breaches:
        event("refused")
        return
    event("enactable")
    rows = draw_histories(Chooser(data.draw), catalogue)
    assert list(list_problems(catalogue, rows)) == []


def test_every_key_of_the_model_is_drawn_or_it_is_said_why_not() -> None:
    """A key that is new in the model of a catalogue is new here, too."""
    chooser = SeededChooser(None, odd_share=20)
    used = {key for _ in range(300) for key in list_used_keys(draw_content(chooser))}
    assert list_model_keys() - used == set(NOT_DRAWN)
    assert used <= list_model_keys()
