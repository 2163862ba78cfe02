"""Pages: one self-contained HTML file each, for browsers without a network."""
