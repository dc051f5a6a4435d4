"""What is in force: enacted catalogues, authorities, and the effects that rules give to records."""
