"""Accounts at the terminal: given and closed there, and signed in with there."""
