"""Fields, units, texts and moments as people type and read them; search; gallery."""
