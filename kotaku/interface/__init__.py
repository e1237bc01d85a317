"""Form fields, abbreviations, moments as text, search, gallery of components."""
