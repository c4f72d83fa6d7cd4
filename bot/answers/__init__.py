"""A plan becomes an answer: one module for each kind of question."""
