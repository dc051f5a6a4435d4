"""Files as they were published, read again as proceedings."""
