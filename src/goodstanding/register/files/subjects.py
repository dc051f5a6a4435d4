"""Who a file is about: found by an identifier or a number, one or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goodstanding.errors import NotFound
from goodstanding.messages import Message, RegisterMessage
from goodstanding.register.rules.identifier_schemes import parse_identifier
from goodstanding.register.storage.queries import fetch_rows

_SUBJECT = "SELECT id, kind, name, names, region, sector FROM subject WHERE id = %s"
_SUBJECT_ID = "SELECT subject_id FROM identifier WHERE text = %s"
_IDENTIFIERS = "SELECT text FROM identifier WHERE subject_id = %s ORDER BY text"
_MANY_SUBJECTS = "SELECT id, kind, name, names, region, sector FROM subject WHERE id IN ({marks})"
_MANY_IDENTIFIERS = "SELECT subject_id, text FROM identifier WHERE subject_id IN ({marks}) ORDER BY text"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a file is about."""

    id: int
    kind: str
    name: str
    other_names: tuple[str, ...]
    identifiers: tuple[str, ...]
    region: str
    sector: str

    @property
    def identifier(self) -> str:
        """The identifier that its page is addressed by."""
        return self.identifiers[0]


def find_subject_id(text: str) -> int:
    """The id of the subject that holds an identifier; raises BadIdentifier or NotFound."""
    identifier = str(parse_identifier(text))
    subject_rows = fetch_rows(_SUBJECT_ID, [identifier])
    if not subject_rows:
        raise NotFound(Message(RegisterMessage.SUBJECT_NOT_RECORDED, {"identifier": identifier}))
    return int(subject_rows[0][0])


def get_subject(subject_id: int) -> Subject:
    """A subject by its id; raises NotFound."""
    subject_rows = fetch_rows(_SUBJECT, [subject_id])
    if not subject_rows:
        raise NotFound(Message(RegisterMessage.SUBJECT_MISSING))
    identifier, kind, name, names, region, sector = subject_rows[0]
    identifiers = tuple(row[0] for row in fetch_rows(_IDENTIFIERS, [subject_id]))
    return Subject(identifier, kind, name, tuple(filter(None, names.split("\n"))), identifiers, region, sector)


def list_subjects(subject_ids: Sequence[int]) -> dict[int, Subject]:
    """Many subjects at once, by id."""
    marks = ", ".join(["%s"] * len(subject_ids))
    identifiers: dict[int, list[str]] = {subject_id: [] for subject_id in subject_ids}
    for subject_id, text in fetch_rows(_MANY_IDENTIFIERS.format(marks=marks), subject_ids):
        identifiers[subject_id].append(text)
    return {
        subject_id: Subject(
            subject_id,
            kind,
            name,
            tuple(filter(None, names.split("\n"))),
            tuple(identifiers[subject_id]),
            region,
            sector,
        )
        for subject_id, kind, name, names, region, sector in fetch_rows(_MANY_SUBJECTS.format(marks=marks), subject_ids)
    }
