"""Keys of an observatory: each begins with the code of its structure, so that those of two structures never meet."""

import re
from typing import Final

SEPARATOR: Final = ":"
# A code is a folder's name and the beginning of keys.
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
# Of each table. Those of clients are joined afterwards, where one client has contracts of several structures.
PREFIXED: Final = {
    "contracts": ("contract_id", "client_id", "facilitator_code"),
    "hours": ("entry_id", "contract_id", "work_contract_id", "participant_id"),
    "notified": (),
    "comments": (),
}


def is_code(text: str) -> bool:
    """Whether a text may be the code of a structure."""
    return _CODE.fullmatch(text) is not None


def prefixed(structure: str, key: str) -> str:
    """The key of a structure as the observatory has it."""
    return f"{structure}{SEPARATOR}{key}"
