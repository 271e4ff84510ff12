"""Stage 6: statutory reports and figures."""
