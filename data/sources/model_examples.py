"""The rows that the model workbook shows as examples: the door leaves them out, for their identifier says what they are."""

import datetime as dt
from decimal import Decimal
from typing import Final

# How the identifier of an example begins, without accents or capitals.
EXAMPLE: Final = r"exemple(?![a-z])"

Value = str | dt.date | Decimal | bool
Example = dict[str, Value]

_GYMNASIUM: Final[Example] = {
    "contract_id": "EXEMPLE-1",
    "lot_id": "01",
    "contract_ref": "2026-014",
    "operation": "Rénovation des écoles",
    "subject": "Gros œuvre du gymnase",
    "client_id": "VILLE",
    "client_name": "Ville d’Exemple",
    "client_siret": "21760540900019",
    "client_type": "commune",
    "client_commune": "76540",
    "execution_commune": "76540",
    "contractor_name": "Bâtisseurs réunis",
    "purchase_kind": "travaux",
    "sector": "batiment",
    "contract_form": "marche",
    "clause_category": "execution",
    "legal_basis": "L2112-2",
    "amount_eur": Decimal(1250000),
    "obligation_kind": "hours",
    "hours_committed_initial": Decimal(1200),
    "hours_committed": Decimal(1350),
    "amendment_count": Decimal(1),
    "notified_on": dt.date(2026, 1, 12),
    "starts_on": dt.date(2026, 2, 1),
    "ends_on": dt.date(2027, 6, 30),
    "status": "running",
    "facilitator_code": "F02",
}
_CLEANING: Final[Example] = {
    "contract_id": "EXEMPLE-2",
    "lot_id": "00",
    "subject": "Nettoyage des locaux",
    "client_id": "CHU",
    "client_name": "CHU d’Exemple",
    "client_type": "hopital",
    "clause_category": "reserved_iae",
    "sector": "nettoyage",
    "purchase_kind": "services",
    "hours_committed": Decimal(3000),
    "starts_on": dt.date(2025, 9, 1),
    "ends_on": dt.date(2028, 8, 31),
    "status": "running",
}
_VALIDATED: Final[Example] = {
    "entry_id": "EXEMPLE-1",
    "contract_id": "EXEMPLE-1",
    "lot_id": "01",
    "month": dt.date(2026, 3, 1),
    "hours_declared": Decimal("151.50"),
    "hours_validated": Decimal("151.50"),
    "status": "validated",
    "declared_on": dt.date(2026, 4, 5),
    "validated_on": dt.date(2026, 4, 12),
    "employer_kind": "etti",
    "link": "mise_a_disposition",
    "work_contract_id": "CT-0417",
    "work_contract_type": "interim_insertion",
    "participant_id": "P-7f3a",
    "gender": "F",
    "age_band": "26-39",
    "education": "3_cap_bep",
    "main_public": "deld",
    "is_deld": True,
    "is_rsa": False,
    "residence_commune": "76540",
}
_PENDING: Final[Example] = {
    "entry_id": "EXEMPLE-2",
    "contract_id": "EXEMPLE-2",
    "lot_id": "00",
    "month": dt.date(2026, 4, 1),
    "hours_declared": Decimal(70),
    "status": "declared",
    "declared_on": dt.date(2026, 5, 4),
    "employer_kind": "ei",
}
EXAMPLES: Final[dict[str, tuple[Example, ...]]] = {
    "contracts": (_GYMNASIUM, _CLEANING),
    "hours": (_VALIDATED, _PENDING),
}
