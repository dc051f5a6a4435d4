"""A subject's own file on pages: its cases and letters, what it can do about each entry, who looked, all as one ZIP."""
