"""Mail about meetings: who gets which message, sending it outside the request, and its record."""
