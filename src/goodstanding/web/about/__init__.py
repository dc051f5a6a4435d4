"""The home page, the sources, and what this register refuses to do."""
