"""What the laboratory says of catalogues: whether lives under them are right, what several do, and one life told."""
