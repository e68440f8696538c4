"""What the page that publishes may take: a section of the settings."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """Megabytes of all files of one publisher together; days that files wait which nobody publishes."""

    max_megabytes: int = 500
    keep_days: int = 30


DEFAULT_BOUNDS: Final = Publishing()
