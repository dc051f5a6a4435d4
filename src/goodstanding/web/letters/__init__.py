"""A notice as it reaches the subject: a letter on paper, a part of a page, an e-mail; others use `paper` and `post`."""
