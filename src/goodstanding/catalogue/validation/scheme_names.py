"""What only new catalogues are asked of identifiers: names that are free, no numbers of persons, no unknown scheme.

Those in force are read as they are: an older one may name a scheme that nobody declared, and a version of the package
may have one by a name that a register declared before.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from goodstanding.catalogue.feeds import Feed, IdentifierMapping
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import BadIdentifier, CatalogueError, UnknownKey
from goodstanding.messages import Message, SubjectsMessage
from goodstanding.subjects import SCHEMES, refuse_if_scheme_name_taken


def refuse_if_identifiers_unclear(catalogue: Catalogue) -> None:
    """Nothing, or CatalogueError for a name that is taken, numbers of persons, or a scheme that nobody declared."""
    for problem in list_identifier_problems(catalogue):
        raise problem


def list_identifier_problems(catalogue: Catalogue) -> Iterator[CatalogueError]:
    """Everything that is wrong with the names and patterns of schemes, and with those that feeds name."""
    names = list(SCHEMES)
    for name, rule in catalogue.identifiers.items():
        try:
            refuse_if_scheme_name_taken(name, names)
        except BadIdentifier as error:
            yield CatalogueError(error.coded or "", where=locate_key(catalogue, "catalogue.yaml", "identifiers", name))
        if message := describe_person_overlap(name, rule.pattern):
            yield CatalogueError(message, where=locate_key(catalogue, "catalogue.yaml", "identifiers", name, "pattern"))
        names.append(name)
    for feed in catalogue.feeds.values():
        yield from _list_shared_only(catalogue, feed)
        for index, identifier in enumerate(feed.subject.identifiers):
            yield from _list_feed_problems(catalogue, feed, index, identifier)


def describe_person_overlap(name: str, pattern: str, start: str = "") -> Message | None:
    """That a scheme of this pattern takes numbers of natural persons, behind a start that a feed puts before them too.

    None where it does not (charter article 3).
    """
    from goodstanding.subjects.person_overlap import find_person_overlap  # most catalogues declare none
    from goodstanding.subjects.value_patterns import parse_pattern

    person_scheme = find_person_overlap(parse_pattern(pattern).fix_start(start))
    if person_scheme is None:
        return None
    return Message(SubjectsMessage.SCHEME_TAKES_PERSONS, {"scheme": name, "persons": person_scheme.name})


def _list_shared_only(catalogue: Catalogue, feed: Feed) -> Iterator[CatalogueError]:
    schemes = [catalogue.identifier_schemes.get(identifier.scheme) for identifier in feed.subject.identifiers]
    if schemes and all(scheme is not None and not scheme.unique for scheme in schemes):
        where = locate_key(catalogue, f"feeds/{feed.feed}.yaml", "subject", "identifiers")
        yield CatalogueError(Message(SubjectsMessage.SCHEMES_SHARED), where=where)


def _list_feed_problems(
    catalogue: Catalogue, feed: Feed, index: int, identifier: IdentifierMapping
) -> Iterator[CatalogueError]:
    schemes = catalogue.identifier_schemes
    place = (f"feeds/{feed.feed}.yaml", "subject", "identifiers", index, "scheme")
    scheme = schemes.get(identifier.scheme)
    if scheme is None:
        params = {"scheme": identifier.scheme, "schemes": ", ".join(schemes)}
        near = get_close_matches(identifier.scheme, schemes, n=1) or [", ".join(schemes)]
        message = Message(SubjectsMessage.SCHEME_UNDECLARED, params)
        yield UnknownKey(message, where=locate_key(catalogue, *place), remedy=near[0])
    elif feed.subject.kind not in scheme.kinds:
        params = {"scheme": scheme.name, "kind": feed.subject.kind, "kinds": ", ".join(scheme.kinds)}
        message = Message(SubjectsMessage.SCHEME_OF_OTHER_KINDS, params)
        yield CatalogueError(message, where=locate_key(catalogue, *place))


def locate_key(catalogue: Catalogue, file: str, *path: str | int) -> str:
    """The line of a file of a catalogue on which a path of keys stands."""
    from goodstanding.catalogue.compiler.source_positions import SourcePositions  # reads YAML, only to tell a line

    return SourcePositions(catalogue.files).of(file, path)
