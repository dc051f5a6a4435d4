"""Files that sources send: how they are read, how much is taken, and where an upload waits."""
