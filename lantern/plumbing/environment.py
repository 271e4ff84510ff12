"""Read LANTERN_… variables strictly: an unknown name or a value that cannot be meant is refused."""

from collections.abc import Mapping

from lantern.plumbing.errors import Misconfigured

PREFIX = "LANTERN_"
KNOWN: dict[str, str] = {
    "LANTERN_VAR": "Folder of everything made here: database, keys, mail. Default: var in the checkout.",
    "LANTERN_KEYS": "Folder of the keys. Default: keys in LANTERN_VAR. In production: a mounted secret.",
    "LANTERN_MASTER_KEY": "The master key, 32 bytes in base64. Default: the file master in the folder of keys.",
    "LANTERN_CHECKPOINTS": "Folder of the signed checkpoints. In production: on another machine than the database.",
    "LANTERN_HOSTS": "Host names that this server answers to, with commas between. Default: this machine only.",
    "LANTERN_PLAIN_HTTP": "yes: cookies also travel without TLS. For this machine alone; refused with other hosts.",
    "LANTERN_DEBUG": "yes: Django's debug pages. For this machine alone; refused with other hosts.",
    "LANTERN_DEMO": "yes: a demonstration; only then may a synthetic county be built.",
    "LANTERN_ADDRESS": "Address that links in messages start with. Default: http://localhost:8000.",
    "LANTERN_PROCESS": "Name of this process in the log; set by the commands themselves.",
    "LANTERN_SMTP_HOST": "Mail server that messages leave by. Default: localhost.",
    "LANTERN_SMTP_PORT": "Its port. Default: 25.",
    "LANTERN_SMTP_USER": "Account there, where it wants one.",
    "LANTERN_SMTP_PASSWORD": "Password of that account.",
    "LANTERN_SMTP_TLS": "yes: STARTTLS before signing in there.",
    "LANTERN_MAIL_FOLDER": "Write messages into this folder and send none; what the demonstration does.",
    "LANTERN_MAIL_FROM": "Sender of messages. Default: lantern@localhost.",
    "LANTERN_IMAP_HOST": "Mailbox server that police reports arrive at.",
    "LANTERN_IMAP_PORT": "Its port. Default: 993.",
    "LANTERN_IMAP_USER": "Account of the mailbox.",
    "LANTERN_IMAP_PASSWORD": "Password of the mailbox.",
    "LANTERN_IMAP_FOLDER": "Folder of the mailbox. Default: INBOX.",
    "LANTERN_IMAP_PLAIN": "yes: no TLS to the mailbox. For this machine alone.",
    "LANTERN_POLICE_SENDERS": "Addresses and @domains whose reports are believed, with commas between.",
    "LANTERN_MAIL_GATEWAY": "Our own mail gateway's name in Authentication-Results; only its results are believed.",
    "LANTERN_EXAMPLES": "How many made-up logs each test of the engine tries. Default: a few dozen, always the same.",
    "LANTERN_CHROMIUM": "Program of the browser for the browser tests. Default: the first Chromium on PATH.",
}


class Environment:
    """The LANTERN_… variables of this process."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        unknown = sorted(name for name in variables if name.startswith(PREFIX) and name not in KNOWN)
        if unknown:
            raise Misconfigured(f"{unknown[0]} is not a setting of Lantern: docs/generated/settings.md lists them.")

    def text(self, name: str, default: str = "") -> str:
        """The value of `name` without surrounding blanks."""
        return self._variables.get(name, default).strip()

    def flag(self, name: str) -> bool:
        """Whether `name` says yes; anything but yes, no or nothing is refused."""
        value = self.text(name, "no")
        if value not in ("yes", "no", ""):
            raise Misconfigured(f"{name} must be yes or no, not {value!r}.")
        return value == "yes"

    def number(self, name: str, default: int) -> int:
        """The whole number in `name`."""
        value = self.text(name, str(default))
        if not value.isdecimal():
            raise Misconfigured(f"{name} must be a whole number, not {value!r}.")
        return int(value)

    def names(self, name: str, default: str) -> list[str]:
        """The names in `name`, between commas."""
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]
