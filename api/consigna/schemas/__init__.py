"""The answers to the assignment's questions. Money is in US dollars; a return is revenue / budget, without unit."""
