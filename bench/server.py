"""A real server to measure: gunicorn as in production, its CPU seconds read from /proc."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A running gunicorn: its port, and what its processes have used."""

    def __init__(self, process: subprocess.Popen, port: int):
        self.process, self.port = process, port

    @property
    def workers(self) -> list[str]:
        """The numbers of the processes that answer."""
        return Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()

    def cpu(self) -> float:
        """CPU seconds of the workers so far."""
        return sum(seconds_of(pid) for pid in self.workers)

    def memory(self) -> float:
        """MB that the workers hold."""
        return sum(megabytes_of(pid) for pid in self.workers)


def megabytes_of(pid: str) -> float:
    """Resident memory of a process."""
    [line] = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


def seconds_of(pid: str) -> float:
    """User and system time of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(application: str, environment: dict[str, str]):
    """Serve an application with one worker of eight threads until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", "1", "--threads", "8"]
    command += ["--no-control-socket", "--log-level", "error", "--bind", f"127.0.0.1:{port}", application]
    process = subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(10)


def wait_for(port: int, patience: float = 60) -> None:
    """Until something answers on the port."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")
