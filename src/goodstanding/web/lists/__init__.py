"""Public lists and who is on them."""
