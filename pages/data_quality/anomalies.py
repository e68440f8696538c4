"""What raises a question in the release: kinds for everyone, lines for who may see *Détail*."""

from pages.data_quality.sentences import anomalies_text
from pages.parts import columns
from pages.parts.blocks import show_notes
from pages.parts.read import reading
from pages.parts.tables import show_download, show_table
from queries import answers
from queries.rights.right import Right
from queries.secrecy.cells import HIDDEN


def show_anomalies() -> None:
    """The heaviest kind, all kinds, and the lines as a file or why there is none."""
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
        "Les lignes une à une sont réservées à qui peut voir le détail\u202f; leurs nombres sont arrondis à 5 près et, quand elles sont peu nombreuses, ni leur nombre ni leurs heures ne sont donnés."
    )
    show_notes([text])
