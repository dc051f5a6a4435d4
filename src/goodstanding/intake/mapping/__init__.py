"""From a source's rows to records of the catalogue: fields, checks and the bodies of events."""
