"""How people come in, in which roles and for whom: sign-in, roles, mandates."""
