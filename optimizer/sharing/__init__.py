"""Cooperative games of costs: keys that share a cost, and who would be better off without the others."""
