"""The sector's own rules for the SSDA903, in an environment of their own: they pin an old pandas."""
