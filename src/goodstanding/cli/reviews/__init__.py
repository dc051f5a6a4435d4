"""Commands by which somebody looks at what records really record."""
