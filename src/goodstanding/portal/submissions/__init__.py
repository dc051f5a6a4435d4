"""How a source sends records: by form and by file, and what became of them."""
