"""Who and what is on file, in six storeys: `storage`, `rules`, `projection`, `files`, `search` and `cases`, `erasure`."""
