"""The sector's own rules for the SSDA903, run in an environment of their own because they pin an old pandas."""
