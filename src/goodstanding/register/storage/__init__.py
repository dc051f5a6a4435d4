"""Where rows are kept: connections, queries, columns, events folded and their kinds, the register's own folder."""
