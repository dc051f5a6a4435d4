"""Who and what is on file, in six storeys.

From below: `storage`, `rules`, `projection`, `files`, `search` beside `cases`, `erasure`.
"""
