"""What an erasure tells other rooms while it is done; apart from the erasure, so that listening costs nothing."""

from __future__ import annotations

from django.dispatch import Signal

emptied = Signal()  # inside the transaction, with `identifiers`: those of files that no record is left of
