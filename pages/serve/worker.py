"""One server process: its start, its health, its end."""

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
# A first start publishes the demonstration; after it, a server that has answered and does so no longer hangs.
START_SECONDS: Final = 180
_SILENT_TIMES: Final = 3
_ANSWER_SECONDS: Final = 5
_SESSIONS: Final = re.compile(r"^cap_sessions (\d+)$", re.MULTILINE)


class Worker:
    """A process on a port of its own. It inherits environment and output; `options` are Streamlit's."""

    def __init__(self, port: int, base: str, options: Sequence[str]) -> None:
        self.port, self._url = port, f"http://127.0.0.1:{port}{base}"
        command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard.py"), "--server.port", str(port)]
        self._process = subprocess.Popen([*command, *options], cwd=ROOT)
        self.started = time.monotonic()
        self.is_ready = False
        self._silent = 0

    @property
    def pid(self) -> int:
        """Of its process."""
        return self._process.pid

    def ended(self) -> int | None:
        """The exit code; None while it runs."""
        return self._process.poll()

    def look(self) -> None:
        """Asks /sante. Any answer will do: a release that is missing is no fault of a process."""
        if self._ask("/sante") is not None:
            self.is_ready, self._silent = True, 0
        elif self.is_ready:
            self._silent += 1

    def hangs(self) -> bool:
        """Whether it has been silent for too long, at its start or since."""
        slow = not self.is_ready and time.monotonic() - self.started > START_SECONDS
        return slow or self._silent >= _SILENT_TIMES

    def sessions(self) -> int:
        """Pages that are open in browsers; none when it does not say."""
        match = _SESSIONS.search(self._ask("/metrics") or "")
        return int(match[1]) if match else 0

    def terminate(self) -> None:
        """It answers what is under way, and ends."""
        self._process.terminate()

    def kill(self) -> None:
        """It ends at once."""
        self._process.kill()
        self._process.wait()

    def _ask(self, path: str) -> str | None:
        try:
            with urllib.request.urlopen(self._url + path, timeout=_ANSWER_SECONDS) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return error.read().decode(errors="replace")
        except (OSError, ValueError):
            return None
