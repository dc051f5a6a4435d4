"""How a source's program sends records: signed requests in parts."""
