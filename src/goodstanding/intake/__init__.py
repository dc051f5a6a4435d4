"""What sources send: files, batches and single records, checked, mapped and taken in; others ask `ingest` and `submissions`."""
