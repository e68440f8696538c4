"""The file that nginx includes: the processes that take requests (.docs/nginx.conf)."""

import logging
import shlex
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

log = logging.getLogger("cap_insertion.serve")

_ONE_COMMAND_SECONDS: Final = 30
_FILE: Final = """\
# Written by python -m pages.serve whenever a process comes or goes.
upstream cap_insertion {{
    hash $cookie__streamlit_xsrf consistent;
{servers}
}}
"""


class Upstream:
    """Kept up to date with the ports that answer; `on_change` is run after each change, so that nginx reads it again."""

    def __init__(self, file: Path | None, on_change: str) -> None:
        self._file, self._on_change = file, shlex.split(on_change)
        self._ports: tuple[int, ...] = ()

    def name(self, ports: Iterable[int]) -> None:
        """These, and no others. Nothing is written for none: nginx refuses an empty list, and there is no one to ask anyway."""
        in_order = tuple(sorted(ports))
        if self._file is None or not in_order or in_order == self._ports:
            return
        servers = "\n".join(f"    server 127.0.0.1:{port};" for port in in_order)
        draft = self._file.with_name(f".{self._file.name}.new")
        try:
            draft.write_text(_FILE.format(servers=servers), encoding="ascii")
            draft.replace(self._file)
        except OSError as error:
            log.error("%s cannot be written (%s): nginx keeps asking ports %s", self._file, error, self._ports)
            return
        self._ports = in_order
        self._run()

    def _run(self) -> None:
        if not self._on_change:
            return
        try:
            subprocess.run(self._on_change, check=True, timeout=_ONE_COMMAND_SECONDS)
        except (OSError, subprocess.SubprocessError) as error:
            log.error("the command after a change of %s failed: %s", self._file, error)
