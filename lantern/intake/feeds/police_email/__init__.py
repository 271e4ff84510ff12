"""Missing-person reports that a police force sends by e-mail."""
