"""Cases in figures: as tables, and what became of them."""
