"""Where messages come from. A source hands on raw bytes, and lets go of them only when they are kept."""
