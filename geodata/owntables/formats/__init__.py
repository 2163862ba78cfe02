"""Files that are no text: workbooks, and what keeps tables or matrices in binary form."""
