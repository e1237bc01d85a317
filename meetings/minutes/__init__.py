"""Minutes and decisions as they are written, approved and supplemented."""
