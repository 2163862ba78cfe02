"""The comparison of plans: tables, page, files and workbook."""
