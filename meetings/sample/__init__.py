"""The meeting of 2016 from its news report, and sample meetings."""
