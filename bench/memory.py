"""How much memory a large replay takes: 30,000 episodes, each in a process of its own.

`python -m bench.memory stream` replays child after child; `python -m bench.memory write FILE` writes the log;
`python -m bench.memory peak COMMAND` prints the most that a command held, in KiB.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.timing import Measure
from bench.workload import NOW, each_child

EPISODES = 30_000
ROOT = Path(__file__).resolve().parent.parent
SIMULATED = "dfe-2014"
KIB = 1024


def measure(episodes: int) -> list[Measure]:
    """Peak memory of the whole process, of Python and packages too; the size is always the same."""
    del episodes
    size = f"{EPISODES:,} episodes"
    with tempfile.TemporaryDirectory() as made:
        log = Path(made) / "log.jsonl"
        _peak([sys.executable, "-m", "bench.memory", "write", str(log)])
        lantern = [sys.executable, "-m", "lantern", "simulate", "--pack", SIMULATED, "--processes", "1"]
        simulated = _peak([*lantern, "--as-of", NOW.isoformat(), "--json", "--log", str(log)])
    streamed = _peak([sys.executable, "-m", "bench.memory", "stream"])
    return [
        Measure(f"peak memory, 12 rules, {size} child after child", "MiB", streamed, answers="8"),
        Measure(f"peak memory, lantern simulate, {size} in a file", "MiB", simulated, answers="8 file"),
    ]


def _peak(command: list[str]) -> float:
    """Peak resident memory of a command, in MiB.

    Measured from a small process: what a process holds when it starts another counts towards the other's peak.
    """
    asked = [sys.executable, "-m", "bench.memory", "peak", *command]
    done = subprocess.run(asked, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return int(done.stdout) / KIB


def _print_peak(command: list[str]) -> None:
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise RuntimeError(f"{command[:4]} ended with {started.returncode}")
    print(used.ru_maxrss)


def _write(path: Path) -> None:
    with path.open("w") as file:
        for _, lines in each_child(EPISODES):
            file.writelines(json.dumps(line) + "\n" for line in lines)


def _stream() -> None:
    from bench.engine_bulk import PACK
    from lantern import engine
    from lantern.engine.protocols.simulate import tally

    tally([engine.load_folder(PACK)], (engine.Log.of(lines) for _, lines in each_child(EPISODES)), NOW)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        _write(Path(sys.argv[2]))
    elif sys.argv[1] == "peak":
        _print_peak(sys.argv[2:])
    else:
        _stream()
