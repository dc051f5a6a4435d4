"""Witnesses: who receives each signed checkpoint, out of the register's reach, and is asked first in a verification."""
