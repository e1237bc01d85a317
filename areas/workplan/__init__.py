"""The collaborative work plan on the screen: filters, forms, costs, what it would bring."""
