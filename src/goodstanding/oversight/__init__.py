"""Statistics on the authorities, from the register's tables and the ledger.

Other rooms ask `overview` and `authority_figures`.
"""
