"""Sign-in: a password and, always, a second factor."""
