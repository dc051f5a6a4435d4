"""A subject's public page, and the search."""
