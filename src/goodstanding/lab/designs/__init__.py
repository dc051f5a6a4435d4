"""Ranges of parameters: points spread over them, what decides within them, and where a verdict flips."""
