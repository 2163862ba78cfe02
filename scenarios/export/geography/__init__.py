"""A plan as geography: the GeoPackage with its styles, and GeoJSON."""
