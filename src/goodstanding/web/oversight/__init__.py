"""How the page of oversight says what `register.oversight` counted: tables, findings in words, charts, the report."""
