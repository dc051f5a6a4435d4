"""Statistics on the authorities, from the register's tables and the ledger.

Other rooms ask `overview` for all tables of a `reporting_period`, or one after another: `register_activity`,
`authority_figures`, `cases`, `durations`, `notice_coverage`, `equal_treatment`, `significance`,
`reason_similarity`, `access_anomalies`, `record_samples`, `listings`. `count_tables` and `disclosure_control` say what
may be shown.
"""
