"""Cases and lists in a kernel: decisions and what follows from them, debts, and who is on which list when."""
