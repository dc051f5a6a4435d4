"""The proceedings by which rules come into force and out of it, as the ledger has them."""
