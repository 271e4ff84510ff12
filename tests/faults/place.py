"""A whole Lantern of its own, with processes that may be killed."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from lantern.plumbing.postgres import Home, home_for, server, stop
from tests.gates.source import ROOT


class Place:
    """A whole Lantern of its own: var folder, database, processes."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.environment = os.environ | {"LANTERN_VAR": str(var), "LANTERN_MAIL_FOLDER": str(var / "mail")}
        del self.environment["LANTERN_PROCESS"]
        self.lantern("setup")
        self.home: Home = home_for(var)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.acknowledged: list[int] = []
        self.processes: dict[str, subprocess.Popen[str]] = {}

    def lantern(self, *arguments: str) -> str:
        """Run a command to its end."""
        return self.run("-m", "lantern", *arguments)

    def run(self, *arguments: str) -> str:
        """Run Python to its end; what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, name: str) -> None:
        """A walker that goes on after the last acknowledged step, the web server, or the worker's loop."""
        first = self.acknowledged[-1] + 1 if self.acknowledged else 0
        command = {
            "walker": ["tests.faults.walker", str(first)],
            "web": ["lantern", "serve", "--bind", f"fd://{self.door.fileno()}"],
            "worker": ["lantern", "worker"],
        }[name]
        with (self.var / f"{name}.log").open("a") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", *command],
                env=self.environment,
                cwd=ROOT,
                stdout=subprocess.PIPE if name == "walker" else log,
                stderr=log,
                text=True,
                start_new_session=True,
                pass_fds=[self.door.fileno()],
            )
        output = self.processes[name].stdout
        if output:
            threading.Thread(target=self._listen, args=[output]).start()

    def _listen(self, output: IO[str]) -> None:
        with output:
            for line in output:
                self.acknowledged.append(int(line.split()[1]))

    def kill(self, name: str) -> None:
        """Kill a process of ours with all that it started, or the database, which is started again at once."""
        if name == "database":
            self._kill_database()
            return
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_and_start(self, name: str) -> None:
        """As a supervisor would find it."""
        self.kill(name)
        if name != "database":
            self.start(name)

    def all_well(self) -> bool:
        """Whether nobody died but by our hand."""
        return all(process.poll() is None for process in self.processes.values())

    def logs(self) -> str:
        """The last words of every process."""
        return "".join(path.read_text()[-2000:] for path in self.var.glob("*.log"))

    def close(self) -> None:
        """Kill what runs and remove the database."""
        for name in list(self.processes):
            self.kill(name)
        self.door.close()
        stop(self.home)
        shutil.rmtree(self.home.folder)

    def _kill_database(self) -> None:
        """Kill the server's first process, and start the server again as the supervisor would."""
        pid = int((self.home.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)
        server.ensure_running(self.home)
