"""Lots by their words: subject, operation, client, holder, numbers, SIRETs, whatever accents, capitals and spaces.

Arrow all the way: ten thousand lots cost milliseconds. The columns that the reader's rights withhold are empty in the answer, and
are not searched.
"""

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from data.words import folded

SEARCHED: Final = (
    "subject", "operation", "client_name", "contractor_name", "contract_ref", "contract_id", "client_siret",
    "contractor_siret",
)  # fmt: skip


def has_words(answer: pa.Table, text: str, known_as: str) -> Any:
    """Which lots have all words of the text, or its digits within a SIRET, however they are spaced.

    `answer`: the answer to lots; `known_as`: its release, reader's rights and scope.
    """
    searched = _searched(known_as, answer)
    matching = None
    for word in _plain(text).split():
        one = pc.match_substring(searched, word)
        matching = one if matching is None else pc.and_(matching, one)
    digits = "".join(text.split())
    return pc.or_(matching, pc.match_substring(searched, digits)) if digits.isdecimal() else matching


def folded_column(column: pa.ChunkedArray) -> Any:
    """The texts without accents or capitals; each different one is folded once."""
    names = column.combine_chunks().dictionary_encode()
    return pa.array([folded(name) for name in names.dictionary.to_pylist()], pa.string()).take(names.indices)


@st.cache_data(max_entries=4, show_spinner=False)
def _searched(known_as: str, _answer: pa.Table) -> Any:  # noqa: ARG001
    """What a search looks through, one text a lot. Kept: folding the names of 10 000 lots takes a tenth of a second."""
    texts = [pc.fill_null(folded_column(_answer[name]), "") for name in SEARCHED]
    return pc.replace_substring(pc.binary_join_element_wise(*texts, "\n"), "’", "'")


def _plain(text: str) -> str:
    return folded(text).replace("’", "'")
