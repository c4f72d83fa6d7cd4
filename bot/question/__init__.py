"""A question becomes a plan: which measure, which council, which period, what is to be done."""
