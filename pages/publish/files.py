"""The files of the month: dropped, listed, taken away, read. They go from the browser to the disk (pages/server/uploads.py)."""

import io
import json
from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from data.preparation.folder import Preparation
from data.preparation.reading import Reading
from data.preparation.state import Phase
from data.sources.model_workbook import write_model
from pages.parts.blocks import show_notes
from pages.parts.downloads import XLSX
from pages.parts.plain import as_text
from pages.parts.read import reading
from pages.publish.acts import NextAct, ask, trace
from pages.publish.sentences import refusal_text, size_text

_DROP: Final = "_publish_drop"
_REFUSED: Final = "_publish_refused"


def show_files(preparation: Preparation, phase: Phase, checked: Reading | None) -> None:
    """Where to drop, what is there, and the button that reads it; folded once the files are read and only answers or a click are missing."""
    words = reading().words
    if phase not in (Phase.QUESTIONS, Phase.READY):
        st.header(words.say("Les fichiers"), anchor=False)
        _show_files(preparation, phase, checked)
        return
    names = words.listed([file.name for file in preparation.files])
    with st.expander(as_text(words.named(words.say("Les fichiers"), names))):
        _show_files(preparation, phase, checked)


def _show_files(preparation: Preparation, phase: Phase, checked: Reading | None) -> None:
    words, settings = reading().words, reading().settings
    drop = st.session_state.setdefault(_DROP, 0)
    sent = st.file_uploader(
        words.say("Déposez ici les fichiers du mois, ou choisissez-les"),
        accept_multiple_files=True,
        key=f"publish_drop_{drop}",
        max_upload_size=settings.publishing.max_megabytes,
    )
    if sent:
        _receive(sent)
    for refused in st.session_state.pop(_REFUSED, []):
        st.error(as_text(refused))
    show_notes(
        [
            words.say(
                "Classeurs .xlsx ou .ods, CSV, Parquet\u202f; DECP en .json ou .xml\u202f; une correspondance mapping.toml si vous en avez une. {most}\u00a0Mo au plus ensemble. Les fichiers restent sur ce serveur, et en sont effacés une fois publiés.",
                most=words.number(settings.publishing.max_megabytes),
            )
        ]
    )
    if phase is Phase.EMPTY:
        st.download_button(
            words.say("Partir d’un classeur modèle à remplir (modele.xlsx)"),
            _model, file_name="modele.xlsx", mime=XLSX.mime,
            on_click="ignore", type="tertiary", icon=":material/download:", key="publish_model",
        )  # fmt: skip
    files = preparation.files
    for n, file in enumerate(files):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"publish_file_{n}"):
            st.text(f"{file.name} ({size_text(file.stat().st_size, words)})")
            if st.button(words.say("Retirer"), key=f"publish_remove_{n}", type="tertiary", help=as_text(file.name)):
                ask(NextAct.REMOVE, file.name)
    if files:
        with st.container(horizontal=True, gap="small"):
            label = words.say("Vérifier ces fichiers") if checked is None else words.say("Vérifier de nouveau")
            is_next = phase in (Phase.DROPPED, Phase.CANCELLED, Phase.FAILED)
            if st.button(label, key="publish_read", type="primary" if is_next else "secondary"):
                ask(NextAct.READ)
            if st.button(words.say("Tout abandonner"), key="publish_discard", type="tertiary"):
                ask(NextAct.DISCARD)


def _model() -> bytes:
    out = io.BytesIO()
    write_model(out)
    return out.getvalue()


def _receive(sent: Sequence[Any]) -> None:
    """What became of files that were sent; the field is empty again, and the session holds none of them."""
    words, most = reading().words, reading().settings.publishing.max_megabytes
    refused = []
    kept = 0
    for file in sent:
        try:
            receipt = json.loads(file.getvalue())
        except ValueError:
            receipt = {"refused": "form"}
        if receipt["refused"]:
            refused.append(refusal_text(receipt["refused"], file.name, most, words))
        else:
            kept += 1
    trace("publish: files", kept)
    st.session_state[_REFUSED] = refused
    st.session_state[_DROP] += 1
    st.rerun()
