"""Whoever holds an identifier that somebody claims to act for: perhaps nobody on file, which no answer tells."""

from __future__ import annotations

from goodstanding.access import Actor, Role
from goodstanding.errors import GoodstandingError
from goodstanding.register.cases.desks import get_desk
from goodstanding.register.files.file_access import list_sources_of_subject
from goodstanding.register.files.subjects import find_subject_id, get_subject
from goodstanding.register.rules.authorities import load_authority_tree


def list_identifiers(subject: str) -> tuple[str, ...]:
    """All identifiers of whoever holds one of them; that one alone where nobody on file does."""
    subject_id = _find_subject_id(subject)
    return (subject,) if subject_id is None else get_subject(subject_id).identifiers


def list_stating_sources(subject: str) -> frozenset[str]:
    """The sources that have stated a record about whoever holds an identifier, or opened a case."""
    subject_id = _find_subject_id(subject)
    return frozenset() if subject_id is None else list_sources_of_subject(subject_id)


def stands_apart(actor: Actor, subject: str) -> bool:
    """Whether an appeal body hears a source of a file, and stands neither above nor below any source of it.

    So neither who accuses the subject answers a claim to its file, nor an office that has nothing to do with it.
    """
    if actor.role is not Role.APPEAL or not actor.scope:
        return False
    sources, tree = list_stating_sources(subject), load_authority_tree()
    hears = sources & set(get_desk(actor).sources)
    return bool(hears) and all(tree.apart(source, actor.scope) for source in sources)


def _find_subject_id(subject: str) -> int | None:
    try:
        return find_subject_id(subject)
    except GoodstandingError:  # nobody holds the identifier, or nobody does any more
        return None
