"""Lives month by month: records with every month, fields that read the past, and agents who meet."""
