"""Who and what is on file: intake, effects, search, agreement and verification; others import from `intake`, `file`,
`search`, `lists`, `catalogues`, `agreement`, `quarantine`, `rebuild`, `verification`, `opening` and `outcome`; of what
sources send from `stating`, `canonical`, `preview`, `sendings`, `one_record`, `incoming`, `limits`, `error_file` and
`source_keys`; of what goes from `erasure`, `erased` and `retention`."""
