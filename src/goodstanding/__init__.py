"""Goodstanding: an accountable public-credit register."""

__version__ = "0.1.0"
