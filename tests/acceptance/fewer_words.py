"""What answers say no more since what is between parties is theirs (charter articles 19 and 21), and nothing beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

NOT_THERE = ("nothing is in force here that anybody may see", "that you may see")
WITHHELD = "withheld"
OTHER_MOMENTS = (
    "charter article 19: other moments, and what is between the parties, are for the subject, its source, deciders and "
    "the overseer"
)
Hidden = Callable[[str], bool]  # whether what has this identifier is not there, to anybody


def tells_less(expected: Any, answer: Any, person: str, is_hidden: Hidden) -> bool:
    """Whether an answer is the older one without what a person may know no more, and is the same otherwise."""
    (status_before, before), (status, now) = expected, answer
    if not isinstance(before, dict) or not isinstance(now, dict):
        return False
    if status == 404:
        return _was_nothing_public(status_before, before) and any(words in now["message"] for words in NOT_THERE)
    if "hits" in before:
        return status == status_before and finds_less(before, now, is_hidden)
    return status == status_before and _withhold(before, now, person) == now


def finds_less(before: Any, now: Any, is_hidden: Hidden) -> bool:
    """Whether a search finds the same without what is hidden, in the same order; later hits move up a page."""
    left = [hit for hit in before["hits"] if not is_hidden(_get_identifier(hit))]
    counts = {"hits", "paging", "total"}
    others = [{name: value for name, value in page.items() if name not in counts} for page in (before, now)]
    gone, moved_up = len(before["hits"]) - len(left), now["hits"][len(left) :]
    return now["hits"][: len(left)] == left and others[0] == others[1] and len(moved_up) <= gone


def _get_identifier(hit: Any) -> str:
    subject = hit["subject"]
    return str(subject["identifier"] if "identifier" in subject else subject["identifiers"][0])


def _was_nothing_public(status: int, before: Any) -> bool:
    """Nothing, the case of others, or to whoever is no party a file without anything in force."""
    if status != 200:
        return status in (403, 404)
    parts = ("grades", "listings", "measures", "records")
    return before.get("party") is False and [before[name] for name in parts] == [[]] * len(parts)


def _withhold(before: Any, now: Any, person: str) -> Any:
    """An older answer as it has to be now: of what is between parties no kind, no second and no rule of its own.

    Who read a file is no source's to know.
    """
    if any((look["name"], look["role"]) == (person, "source") for look in before.get("look_ups") or ()):
        return before | {"look_ups": None}
    if before.get("party") is False and "listings" in before:
        return _close_records(before, now)
    if "events" in before:
        pairs = zip(before["events"], now["events"], strict=True)
        return before | {"events": [_withhold_event(*pair) for pair in pairs], "kinds": _withhold_kinds(before, now)}
    return _withhold_event(before, now) | ({"because": OTHER_MOMENTS} if _is_withheld(before, now) else {})


def _close_records(before: Any, now: Any) -> Any:
    """A file without the records of the parties behind its listings, and without the steps that they date."""
    left = [record for record in before["records"] if record in now["records"]]
    shown = {record["position"] for record in left}
    listings = [
        listing if shown.issuperset(listing["because"]) else listing | {"steps": []} for listing in before["listings"]
    ]
    return before | {"records": left, "listings": listings}


def _is_withheld(before: Any, now: Any) -> bool:
    return now.get("kind") == WITHHELD and not before.get("allowed")


def _withhold_event(before: Any, now: Any) -> Any:
    if not _is_withheld(before, now):
        return before
    return before | {"kind": WITHHELD, "recorded_at": before["recorded_at"][:10] + "T00:00:00Z"}


def _withhold_kinds(before: Any, now: Any) -> list[Any]:
    kept = [line for line in before["kinds"] if line in now["kinds"]]
    total = sum(line["total"] for line in before["kinds"] if line not in kept)
    return [*kept, {"kind": WITHHELD, "total": total}]
