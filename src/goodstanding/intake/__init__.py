"""What sources send: files, batches and single records, checked, mapped and taken in.

Other rooms ask `ingest` and `submissions`.
"""
