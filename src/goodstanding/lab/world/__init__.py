"""The world: who there is, and what they do."""
