"""The page of oversight: tables, findings in words, charts and the annual report."""
