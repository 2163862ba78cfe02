"""Kroner as they are written."""
