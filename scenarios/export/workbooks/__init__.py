"""Workbooks: how they look, what their headings say, and that of a run."""
