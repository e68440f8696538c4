"""The data that is measured: demonstrations of any size, made once and kept for the next run."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from data.release.pointer import current_release
from data.release.releases import Release
from data.schema import SCHEMA_VERSION

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A demonstration: its sources, and the folder of extracts where it is published."""

    entries: int
    sources: Path
    extracts: Path

    @property
    def release(self) -> Release:
        """The release of the demonstration."""
        os.environ["CAP_EXTRACTS"] = str(self.extracts)
        found = current_release()
        assert found is not None
        return found


def made(folder: Path, entries: int) -> Made:
    """The demonstration of that many lines, published; made when it is not there."""
    sources = folder / f"sources-{entries}"
    extracts = folder / f"extracts-{entries}-schema-{SCHEMA_VERSION}"
    if not (sources / "notified.parquet").exists():
        run("data.demo", "--out", str(sources), "--entries", str(entries))
    if not (extracts / "current").exists():
        run("data.publish", *map(str, sorted(sources.glob("*.parquet"))), CAP_EXTRACTS=str(extracts))
    return Made(entries=entries, sources=sources, extracts=extracts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command took: seconds on the clock, seconds of processor, megabytes of memory at most."""

    seconds: float
    cpu_seconds: float
    megabytes: float


def run(module: str, *arguments: str, **environment: str) -> Ran:
    """Runs a module as a command; RuntimeError with what it said when it fails."""
    return run_command([sys.executable, "-m", module, *arguments], **environment)


def run_command(command: list[str], **environment: str) -> Ran:
    """Runs a command in the folder of the project, and measures it."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdout is not None
    said = process.stdout.read().decode(errors="replace")
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}\n{said}")
    return Ran(
        seconds=time.perf_counter() - started,
        cpu_seconds=used.ru_utime + used.ru_stime,
        megabytes=used.ru_maxrss / 1024,
    )


def resident_megabytes(process_id: int, *, peak: bool = False) -> float:
    """Memory that a process holds, or has held at most."""
    label = "VmHWM:" if peak else "VmRSS:"
    for line in Path(f"/proc/{process_id}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(label):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no {label} of process {process_id}")
