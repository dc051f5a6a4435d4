"""The tables worked out from the ledger: written as events come, built anew, and verified."""
