"""Kroner and disciplines of the offices of a pool, as arrays; each formula beside that of the specification."""
