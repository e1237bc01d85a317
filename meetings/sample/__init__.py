"""The real meeting of 2016, known from its news report, and sample meetings."""
