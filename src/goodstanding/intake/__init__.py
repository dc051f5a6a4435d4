"""What sources send, checked, mapped and taken in.

Other rooms ask `submissions` (what is sent as one), `ingest` (what becomes of a `feed_sheet`), `files`, `mapping`,
`quarantine` with its `problems`, and `replay`; what is kept meanwhile is in `models`.
"""
