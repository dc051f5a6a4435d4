"""What happened, append-only and provable; others import from `store`, `proofs`, `verification`, `keys` and, without
Django, from `events`, `merkle`, `notes`, `tiles`.
"""
