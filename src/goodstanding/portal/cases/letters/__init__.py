"""A notice as it reaches the subject: a letter on paper and an e-mail."""
