"""The rules that an event put into force, read from it; what cannot be read is one catalogue's error alone."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

from goodstanding import charter
from goodstanding.catalogue import Catalogue, load_files
from goodstanding.catalogue.validation.jurisdiction import list_time_zones
from goodstanding.errors import CatalogueError, GoodstandingError
from goodstanding.ledger import events
from goodstanding.ledger import store as ledger
from goodstanding.messages import EnactmentMessage, Message, RegisterMessage
from goodstanding.register.rules.effect_isolation import OF_THE_RULES

log = logging.getLogger("goodstanding.register")


@lru_cache(maxsize=256)
def read_rules(position: int, digest: str) -> Catalogue | CatalogueError:
    """The rules that an event put into force, or why this program cannot read them: the register goes on without."""
    where = f"ledger position {position}"
    try:
        return load_rules(read_body(position), digest, where)
    except CatalogueError as error:
        problem = error
    except (GoodstandingError, *OF_THE_RULES) as error:
        problem = CatalogueError(Message(EnactmentMessage.RULES_UNUSABLE, {"problem": str(error)}), where=where)
    log.error("The catalogue at %s gives no outcome. %s", where, problem.diagnostics())
    return problem


def read_body(position: int) -> dict[str, Any]:
    """What the event at a position says; raises CatalogueError where it was erased."""
    body = next(ledger.read_entries(position, position + 1)).body
    if body is None:
        raise CatalogueError(Message(RegisterMessage.ENACTED_FILES_ERASED), where=f"ledger position {position}")
    return events.decode_body(body.encode())


def load_rules(body: dict[str, Any], digest: str, where: str, kept: bool = True) -> Catalogue:
    """The rules in an event's body; raises CatalogueError where they are not what the event says."""
    catalogue = load_files(body["files"], kept)
    if catalogue.digest != digest or (catalogue.name, catalogue.version) != (body["name"], body["version"]):
        raise CatalogueError(Message(RegisterMessage.ENACTED_FILES_DIFFER), where=where)
    list_time_zones(catalogue)  # raises for one that there is no more
    charter.assess(catalogue)  # asked by everybody later
    return catalogue
