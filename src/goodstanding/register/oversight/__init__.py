"""How the authorities do, from the register's tables and the ledger; others ask `overview`, `figures`, `reading`."""
