"""What the embedded server is told, each setting with its reason."""

from lantern.plumbing.postgres.layout import Home

SETTINGS: dict[str, str] = {
    # nobody reaches it over a network
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    # what was acknowledged is on the disk
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    # the log never prints a value that a statement carried
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic",
    "log_min_messages": "log",  # an error of a statement goes to the client alone: its message may quote a value
    "log_min_duration_statement": "-1",
    "log_statement": "none",
    "log_line_prefix": "%m [%p] ",
    # what is stored is UTC; civil time is the engine's and the pages' business
    "timezone": "UTC",
    "log_timezone": "UTC",
    # a small machine's share, enough for a county
    "max_connections": "100",
    "shared_buffers": "128MB",
    "jit": "off",
    # a crashed backend brings the server back, not down
    "restart_after_crash": "on",
}

# Only passwords, only through the socket.
ACCESS = "local all all scram-sha-256\n"


def write(home: Home) -> None:
    """Write the server's own configuration files; done before every start, so that edits do not linger."""
    lines = [f"{name} = '{value}'" for name, value in SETTINGS.items()]
    lines.append(f"unix_socket_directories = '{home.socket}'")
    (home.data / "postgresql.conf").write_text("\n".join(lines) + "\n")
    (home.data / "pg_hba.conf").write_text(ACCESS)
