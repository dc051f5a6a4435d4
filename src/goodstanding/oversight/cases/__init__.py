"""Cases in figures: as tables, what became of them, and which a figure counts."""
