"""Roads and ferries from an extract of OpenStreetMap: read, cut at junctions, placed, written as tables."""
