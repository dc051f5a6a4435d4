"""The ledger for everybody: its size, its events, its proofs."""
