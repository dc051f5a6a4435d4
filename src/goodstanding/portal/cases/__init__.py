"""A case on its page: where it stands, what was done, and the acts that are possible."""
