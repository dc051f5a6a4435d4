"""A sample of each year's records, which the overseer compares with what the reviewer says that they really record."""
