"""Regions of any size: thousands of municipalities, of which only the pairs within reach are kept."""
