"""What raises a question in the release: kinds and clients for everyone, lines for who may see *Détail*."""

from pages.data_quality.sentences import anomalies_text
from pages.parts import columns
from pages.parts.blocks import show_notes
from pages.parts.read import reading
from pages.parts.tables import show_download, show_table
from queries import answers
from queries.rights.right import Right
from queries.secrecy.cells import HIDDEN


def show_anomalies() -> None:
    """The heaviest kind, all kinds, those of each client, and the lines as a file or why there is none."""
    words, access = reading().words, reading().access
    kinds = answers.anomalies(access)
    show_notes([anomalies_text(kinds, words)])
    show_table(
        [{**kind, HIDDEN: [key for key in ("rows", "hours") if kind[key] is None]} for kind in kinds],
        columns.anomalies(),
        caption=words.say("Anomalies par nature"),
        name="anomalies",
        folded=False,
        filtered=False,
    )
    by_client = answers.anomalies_by_client(access)
    if by_client:
        show_table(
            by_client,
            columns.anomalies_by_client(),
            caption=words.say("Anomalies par maître d’ouvrage"),
            name="anomalies_par_maitre_d_ouvrage",
            filtered=False,
            opener=words.say("Anomalies par maître d’ouvrage"),
        )
    if access.rights.may(Right.DETAIL):
        show_download(
            answers.anomaly_lines(access),
            columns.anomaly_lines(),
            name="lignes_en_anomalie",
            filtered=False,
            label=words.say("Télécharger la liste des lignes en anomalie"),
            caption=words.say("Lignes en anomalie"),
        )
        return
    text = words.say(
        "Le détail ligne à ligne est réservé aux lecteurs qui y ont droit. Les nombres de lignes sont arrondis à 5 près\u202f; n.c. (non communiqué)\u00a0: aucune ligne, ou trop peu pour être données. Les anomalies qui tiennent à une personne ne sont pas données."
    )
    show_notes([text])
