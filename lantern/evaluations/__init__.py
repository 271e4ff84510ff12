"""Stage 3: which pack governs a child, what the engine says, and the result kept with its reasons."""
