"""The charter and how each catalogue stands to it."""
