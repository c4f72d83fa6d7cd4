"""The shapes of tables that are understood; `known.py` lists them."""
