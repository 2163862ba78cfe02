"""What is left on disk: run folders, tables, layers, workbooks, pages and sheets."""
