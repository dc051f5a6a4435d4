"""What a server runs: the register of `GOODSTANDING_REGISTER`, else of the current folder."""

from __future__ import annotations

import logging
import os
import sys

from django.core.wsgi import get_wsgi_application
from django.db import connections

from goodstanding import config


def bring_up_to_date() -> None:
    """Brings the register up to date with this version of the program, for servers that `serve` does not start."""
    from goodstanding.register.projection import upgrade

    if done := upgrade.bring_up_to_date():
        print(done, file=sys.stderr)
    connections.close_all()  # a server may make processes of this one


def bind_first_event() -> None:
    """Whether the register is a demonstration is what its first event says, whatever the environment does."""
    from goodstanding.register.storage import lifecycle

    lifecycle.bind_first_event()
    connections.close_all()


def start_handover() -> None:
    """Begins to hand checkpoints to the witnesses, if there are any; what hinders it is said on standard error."""
    from goodstanding.ledger.witness import handover

    handover.start_handover(lambda problem: print(problem, file=sys.stderr, flush=True))


def drop_traceback(record: logging.LogRecord) -> bool:
    """A request that is refused as forged, by its host for one, is told in a line: anybody can send many."""
    if record.name.startswith("django.security."):
        record.exc_info = None
    return True


os.umask(0o077)  # whatever a server writes is nobody else's
config.activate_register(config.load_settings(config.choose_register_folder()))
application = get_wsgi_application()
bring_up_to_date()
bind_first_event()
start_handover()
if logging.lastResort:  # what writes where nobody set up logs of their own
    logging.lastResort.addFilter(drop_traceback)
