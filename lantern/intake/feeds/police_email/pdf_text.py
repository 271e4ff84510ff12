"""The text of a PDF, taken out by a process of its own with little time and memory: a hostile file harms nothing.

Run as a program it reads a PDF from standard input and writes its text to standard output.
"""

import resource
import subprocess
import sys

SECONDS = 5  # of processor time; an honest report takes less than one
WALL_SECONDS = 30  # on a busy machine
MEMORY = 768 * 1024 * 1024  # bytes of address space
PAGES = 40
TEXT = 1_000_000  # characters


def text_of(pdf: bytes) -> str | None:
    """The text of `pdf`, a line for each line; None when it cannot be read within the limits."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", __file__],
            input=pdf,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            env={},
            cwd="/",
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def main() -> None:
    """Read, extract, write; any failure is an exit status that is not 0."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import logging
    from io import BytesIO

    from pypdf import PdfReader

    logging.disable()
    reader = PdfReader(BytesIO(sys.stdin.buffer.read()))
    pages = reader.pages
    if len(pages) > PAGES:
        raise SystemExit(3)
    text = "\n".join(page.extract_text() for page in pages)
    sys.stdout.buffer.write(text[:TEXT].encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
