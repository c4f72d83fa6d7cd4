"""Benchmarks: one command each, each a ratio to another that runs beside it."""
