"""Keys of an observatory on screen: as their structure writes them, without the code that tells them from the others' in files."""

import streamlit as st

from pages.parts.read import READING, Reading

KEYS = frozenset({"contract_id", "entry_id", "client_id", "facilitator_code", "work_contract_id"})


def own_key(key: str) -> str:
    """CAP76:M1 is M1. A single authority's keys stay as they are, whatever stands in them."""
    current: Reading | None = st.session_state.get(READING)
    for structure in current.access.release.structures if current else ():
        own = key.removeprefix(f"{structure.code}:")
        if own != key:
            return own
    return key
