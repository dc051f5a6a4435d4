"""An office's desk: its queues, and proposals one by one or many at once."""
