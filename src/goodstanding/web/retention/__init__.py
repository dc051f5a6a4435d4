"""How long things are kept, and what was erased."""
