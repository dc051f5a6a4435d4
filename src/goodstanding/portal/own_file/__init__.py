"""A subject's own file: its cases and letters, what it can do about each entry, who looked, all as one archive."""
