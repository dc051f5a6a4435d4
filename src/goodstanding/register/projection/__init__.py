"""The register's tables: all of them worked out from the ledger, and rebuilt from it at any time."""
