"""docs/generated/problems.md: every problem of a pack or a log, with an example that gives it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from lantern import engine
from lantern.engine.checks import story_problems
from tests.engine.bad_log_lines import BAD_LOGS, MEANS
from tests.engine.bad_pack_folders import MARK, BadPack, bad_packs

WITHOUT_FILES = {
    "file_too_big": "A file of a pack has more than a megabyte. No protocol is that long.",
    "too_deep": "Values are nested further than anybody would write.",
    "unreadable_file": "The file, or the log, is not there or cannot be opened.",
    "base_cycle": "The pack stands on itself, by way of its base or its base's base.",
    "unknown_pack": "There is no pack of that name; the message lists those that there are.",
    "unknown_edition": "The pack has no such edition; the message lists those that it has.",
}
IN_AN_ANSWER = {
    "not_authorised": "A role decided that the protocol gives no power to, or set a duty aside that it may not. The"
    " event is kept, changes nothing, and leaves the right role's duty open. The exit status stays 0.",
    "not_recorded": "A decision lacks what the protocol wants recorded with it. It stands, unless the protocol says"
    " otherwise.",
    "cannot_tell_authority": "Nobody recorded who decided, so it cannot be told whether that role had the power to.",
    "category_conflict": "Police and authority hold the absence to be of different kinds.",
}


def pages() -> dict[str, str]:
    """One page."""
    head = (
        "# Problems\n\nEach is said with its code, the file and line, what was said, what was expected and, where"
        " one is near, a hint. A pack or a log with a problem gives no answer and exit status 2; all its problems are"
        " listed at once.\n\n"
    )
    parts = [
        "# In an answer\n\nThe story can be read, and something in it does not count. Listed under `problems`.\n",
        *(f"## `{code}`\n\n{means}\n" for code, means in IN_AN_ANSWER.items()),
        "# In a log\n",
        *_of_logs(),
        "# In a pack\n\nThe line that is marked is the one named.\n",
        *_of_packs(),
    ]
    return {"docs/generated/problems.md": head + "\n".join(parts)}


def _of_logs() -> Iterator[str]:
    for code, means in MEANS.items():
        bad = next(bad for bad in BAD_LOGS if bad.code == code)
        try:
            found = story_problems(engine.read_jsonl(bad.text(), "log.jsonl"))
        except engine.BadLog as error:
            found = error.problems
        shown = "\n".join([*bad.text().splitlines(), "", found[0].in_one_line()])
        yield f"## `{code}`\n\n{means}\n\n```\n{shown}\n```\n"


def _of_packs() -> Iterator[str]:
    listed: dict[str, list[BadPack]] = {}
    for bad in bad_packs():
        listed.setdefault(bad.code, []).append(bad)
    shown_already = set(MEANS)
    for code in sorted({*listed, *WITHOUT_FILES}):
        title = f"## `{code}`" + (" (in a pack)" if code in shown_already else "")
        texts = [_example(bad) for bad in listed.get(code, [])] or [WITHOUT_FILES[code] + "\n"]
        yield f"{title}\n\n" + "\n".join(texts)


def _example(bad: BadPack) -> str:
    """What it means, the file around the marked line, and what is said."""
    with tempfile.TemporaryDirectory() as name:
        try:
            engine.load_folder(bad.lay(Path(name)))
        except engine.BadPack as error:
            said = error.problems[0].in_one_line().replace(f"{name}/", "")
    path = next((path for path in bad.files() if MARK in path.read_text()), next(bad.files()))
    text = path.read_text().replace(MARK, "# <-").rstrip()
    return f"{bad.about}\n\n```yaml\n# {path.relative_to(bad.folder)}\n{text}\n```\n\n```\n{said}\n```\n"
