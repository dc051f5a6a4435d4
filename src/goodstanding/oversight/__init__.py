"""Statistics on the authorities, from the register's tables and the ledger; others ask `overview` and `authority_figures`."""
