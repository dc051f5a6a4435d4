"""The room's door."""

from __future__ import annotations

from goodstanding import subjects


def test_the_exported_names_are_pinned() -> None:
    """The room exports these names and no others."""
    assert subjects.__all__ == [
        "KINDS",
        "PUBLISHED_KINDS",
        "SCHEMES",
        "Identifier",
        "Kind",
        "Scheme",
        "SearchPlan",
        "declared",
        "grams",
        "guess",
        "mended",
        "normal",
        "plan",
        "rank",
        "searchable",
        "searchables",
    ]
    assert all(hasattr(subjects, name) for name in subjects.__all__)


def test_there_are_four_kinds_and_persons_are_never_published() -> None:
    """A subject is an organisation, an establishment, an authority or, unpublished, a person."""
    assert subjects.KINDS == ("organisation", "establishment", "authority", "person")
    assert set(subjects.KINDS) - subjects.PUBLISHED_KINDS == {"person"}
