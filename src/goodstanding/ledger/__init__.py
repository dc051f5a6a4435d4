"""What happened, append-only and provable.

Other rooms append to `store` and read from it, and use `proofs`, `verification`, `span_verification`, `witness`,
`content_erasure`, `erasure_statements`, `keys`, `bulk_read`, `read_cache` and `models`; without Django they may use
`events`, `merkle`, `notes` and `tiles`.
"""
