"""The annex of the yearly report about a SPASER: whose contracts it counts."""

import datetime as dt

from data.codes import Role
from data.settings import load_settings
from data.words import Words
from pages.reports.annual import annual_document
from pages.reports.document import Table
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Scope
from tests.extracts import contracts_table, entry, notified_table
from tests.pages.conftest import Published

LOTS = contracts_table("""
    contract_id | client_id | client_type | client_siret   | contract_ref | clause_category
    M1          | MRN       | metropole   | 00000001000017 | R1           | reserved_iae
    M2          | CHU       | hopital     | 00000002000015 | R2           | reserved_disability
""")
DECP = notified_table("""
    contract_ref | buyer_siret    | notified_on | amount_eur | considerations
    R1           | 00000001000017 | 2020-05-01  | 3000       | Marché réservé
    N1           | 00000001000017 | 2020-05-02  | 9000       | Non
    R2           | 00000002000015 | 2020-05-03  | 500        | Marché réservé
""")


def annex(published: Published, scope: Scope) -> tuple[str, dict[str, str]]:
    """The caption of the table, and the cell of 2020 in each of its lines."""
    access = Access(
        database=open_release(published(LOTS, [entry(month=dt.date(2020, 3, 1))], decp=DECP), load_settings()),
        rights=Rights(role=Role.ADMINISTRATEUR),
    )
    blocks = annual_document(access, scope, Words("fr"), 2020).blocks
    (table,) = [block for block in blocks if isinstance(block, Table) and "SPASER" in block.caption]
    return table.caption, {row[0]: row[1].replace("\u202f", "") for row in table.rows}


def test_without_filters_it_is_the_authority_s_own_beside_its_threshold(published: Published) -> None:
    caption, cells = annex(published, Scope())
    assert caption.startswith("Indicateurs annuels du SPASER, acheteur\u00a0: ")
    assert cells["Marchés notifiés"] == "2"
    assert cells["Montant notifié (€\u00a0HT)"] == "12000"
    assert cells["Part en valeur (%)"] == "25,0"
    assert (cells["Réservés SIAE"], cells["Réservés EA/ESAT"]) == ("1", "0")
    assert cells["Seuil du SPASER (€\u00a0HT)"] == "100000000"
