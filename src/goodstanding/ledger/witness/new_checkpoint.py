"""Whether this process signed a checkpoint that it has not yet tried to hand to the witnesses."""

from __future__ import annotations

from threading import Event

CHECKPOINT_SIGNED = Event()  # set once a checkpoint is durable; appending waits for no witness
