"""How rules come into force, for their page: drafts, comments, answers, signatures, and what each draft changes."""

from __future__ import annotations

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.redline import redline
from goodstanding.register import enactment
from goodstanding.web.shapes import catalogues as shapes

MOST_CHANGES = 200


def drafts_of(name: str) -> list[shapes.DraftPart]:
    """The drafts of a catalogue, newest first, each with what it changes in the version before it."""
    found = enactment.drafts(name)
    return [_draft(draft, _before(found[:index])) for index, draft in reversed(list(enumerate(found)))]


def _before(earlier: list[enactment.Draft]) -> Catalogue | None:
    """The rules that were in force when a draft was published."""
    enacted = [draft for draft in earlier if draft.enacted_on]
    return enactment.rules_of(enacted[-1]) if enacted else None


def _draft(draft: enactment.Draft, before: Catalogue | None) -> shapes.DraftPart:
    return shapes.DraftPart(
        version=draft.version,
        digest=draft.digest,
        by=draft.by,
        drafted_on=draft.drafted_on,
        comments_until=draft.comments_until,
        position=draft.position,
        comments=[shapes.CommentPart.model_validate(one, from_attributes=True) for one in draft.comments],
        signed=[shapes.SignaturePart.model_validate(one, from_attributes=True) for one in draft.signed],
        withdrawn=draft.withdrawn,
        enacted_on=draft.enacted_on,
        charter=draft.charter,
        made_up=draft.by.startswith(enactment.DEMONSTRATION),
        changes=_changes(before, draft) if before else [],
    )


def _changes(before: Catalogue, draft: enactment.Draft) -> list[shapes.ChangePart]:
    changes = redline(before, enactment.rules_of(draft))[:MOST_CHANGES]
    return [shapes.ChangePart.model_validate(one, from_attributes=True) for one in changes]
