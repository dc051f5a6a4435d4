"""How rules come into force, for their page: drafts, comments, answers, signatures, and what each draft changes."""

from __future__ import annotations

from datetime import date

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.redline import list_rule_changes
from goodstanding.register.rules.drafts import CatalogueDraft, find_draft_rules, list_drafts
from goodstanding.register.rules.enactment import DEMONSTRATION
from goodstanding.web.catalogues.schemas import DraftChange, DraftComment, DraftReview, DraftSchema, DraftSignature

MOST_CHANGES = 200


def present_drafts(name: str, today: date) -> list[DraftSchema]:
    """The drafts of a catalogue, newest first, each with what it changes in the version before it."""
    drafts = list_drafts(name)
    return [
        _present_draft(draft, _find_rules_before(drafts[:index]), today)
        for index, draft in reversed(list(enumerate(drafts)))
    ]


def _find_rules_before(earlier: list[CatalogueDraft]) -> Catalogue | None:
    """The rules that were in force when a draft was published."""
    enacted = [draft for draft in earlier if draft.enacted_on]
    return find_draft_rules(enacted[-1]) if enacted else None


def _present_draft(draft: CatalogueDraft, before: Catalogue | None, today: date) -> DraftSchema:
    return DraftSchema(
        version=draft.version,
        digest=draft.digest,
        by=draft.by,
        drafted_on=draft.drafted_on,
        comments_until=draft.comments_until,
        position=draft.position,
        comments=[DraftComment.model_validate(comment, from_attributes=True) for comment in draft.comments],
        signed=[DraftSignature.model_validate(signature, from_attributes=True) for signature in draft.signed],
        reviewed=DraftReview.model_validate(draft.reviewed, from_attributes=True) if draft.reviewed else None,
        withdrawn=draft.withdrawn,
        enacted_on=draft.enacted_on,
        charter=draft.charter,
        made_up=draft.by.startswith(DEMONSTRATION),
        open=draft.open,
        takes_comments=draft.open and today < draft.first_day_to_sign,
        changes=_present_changes(before, draft) if before else [],
    )


def _present_changes(before: Catalogue, draft: CatalogueDraft) -> list[DraftChange]:
    after = find_draft_rules(draft)
    changes = list_rule_changes(before, after)[:MOST_CHANGES] if after else []
    return [DraftChange.model_validate(change, from_attributes=True) for change in changes]
