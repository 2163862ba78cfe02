"""Boundaries of the user's own: files of shapes, their coordinate system, and what makes them a coverage."""
