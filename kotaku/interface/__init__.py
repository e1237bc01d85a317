"""Form fields, abbreviations, moments as text, search."""
