"""What is removed for good: its reach, its two signatures, how long things are kept, and who else clears up."""
