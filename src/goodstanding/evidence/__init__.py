"""Files handed in as evidence, looked at as hostile: what each is, and whether it acts; others use `inspection`."""
