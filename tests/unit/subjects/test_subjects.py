"""Which kinds of subject there are."""

from __future__ import annotations

from goodstanding import subjects


def test_there_are_four_kinds_and_persons_are_never_published() -> None:
    """A subject is an organisation, an establishment, an authority or, unpublished, a person."""
    assert subjects.KINDS == ("organisation", "establishment", "authority", "person")
    assert set(subjects.KINDS) - subjects.PUBLISHED_KINDS == {"person"}
