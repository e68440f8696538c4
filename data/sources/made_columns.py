"""What a mapping could make where no column has it: an identifier from others, a month from year and month, a type by client."""

from collections.abc import Collection, Sequence
from collections.abc import Mapping as Mapping_

from data.problems import Problem
from data.schema import CONTRACTS, HOURS, Table, plain_name
from data.sources import names
from data.sources.mapping import FILE, ROW
from data.sources.mapping_entries import Suggestion
from data.sources.raw_table import RawTable
from data.sources.suggestions import MOST_VALUES, first_values
from data.words import N_


def missing_made(
    table: Table, raw: RawTable, known: Collection[str], suggestions: Sequence[Suggestion]
) -> list[Suggestion]:
    """How the required columns that a table lacks could be made: from others, by the client, or by a constant."""
    of_header = {s.text: s.target for s in suggestions if s.section == f"{table.name}.columns" and s.target}
    have = {*known, *(str(target) for target in of_header.values())}
    made: list[Suggestion] = []

    def make(column: str, *parts: str) -> None:
        made.append(Suggestion(section=f"{table.name}.made", text=column, target=parts, file=raw.file))

    def default(column: str, value: str) -> None:
        # An empty default is a decision as well: the column is unknown throughout.
        section = f"{table.name}.defaults"
        made.append(Suggestion(section=section, text=column, target=value, file=raw.file, decided=True))

    missing = [name for name in table.required if name not in have]
    for column in missing:
        if column == "lot_id":
            default(column, "00")
        elif table is HOURS and column == "entry_id":
            make(column, FILE, ROW)
        elif table is HOURS and column == "status":
            default(column, "validated")
        elif table is HOURS and column == "month" and (parts := _year_and_month(raw)):
            make(column, *parts)
        elif column == "hours_declared" and "hours_validated" in have:
            make(column, "hours_validated")
        elif column == "hours_validated" and "hours_declared" in have:
            make(column, "hours_declared")
        elif table is CONTRACTS and column == "client_id" and "client_name" in have:
            make(column, "client_name")
        elif table is CONTRACTS and column == "client_name" and "client_id" in have:
            make(column, "client_id")
        elif table is CONTRACTS and column == "subject" and {"operation", "contract_id"} & have:
            make(column, "operation" if "operation" in have else "contract_id")
        elif table is CONTRACTS and column == "starts_on" and "notified_on" in have:
            make(column, "notified_on")
        elif table is CONTRACTS and column in ("starts_on", "ends_on", "hours_committed"):
            default(column, "")
            if column == "hours_committed" and "hours_planned" in known:
                # Only who knows the table can say whether its planned hours are those of the obligation.
                target, section = ("hours_planned", "hours_committed"), f"{table.name}.columns"
                text = next(h for h in raw.headers if names.own_names(table.name).get(plain_name(h)) == "hours_planned")
                made.append(Suggestion(section=section, text=text, target=target, file=raw.file, is_alternative=True))
        elif table is CONTRACTS and column == "status":
            default(column, "running")
        elif table is CONTRACTS and column == "clause_category":
            default(column, "unknown")
        elif table is CONTRACTS and column == "client_type" and {"client_name", "client_id"} & have:
            made += _client_types(raw, of_header)
    return made


def _year_and_month(raw: RawTable) -> tuple[str, str] | None:
    """The headers of a year and of a month without one."""
    plain = {plain_name(header): header for header in raw.headers}
    year = next((plain[name] for name in ("annee", "an", "exercice", "year") if name in plain), None)
    month = next((plain[name] for name in ("mois", "n_mois", "numero_mois", "month", "mois_n") if name in plain), None)
    return (year, month) if year and month else None


def _client_types(raw: RawTable, of_header: Mapping_[str, object]) -> list[Suggestion]:
    """The type of each client of the first rows, by its name."""
    own = names.own_names(CONTRACTS.name)
    place = next(
        (
            n
            for n, header in enumerate(raw.headers)
            if (of_header.get(header) or own.get(plain_name(header))) == "client_name"
        ),
        None,
    )
    if place is None:
        return [Suggestion(section="contracts.defaults", text="client_type", target="autre", file=raw.file)]
    section = "contracts.by.client_type.client_name"
    clients = list(dict.fromkeys(first_values(raw, place)))[:MOST_VALUES]
    return [
        Suggestion(section=section, text=client, target=names.client_type(client) or "autre", file=raw.file)
        for client in clients
    ]


def missing_columns(file: str, names: Sequence[str]) -> list[Problem]:
    """One problem for what lacks, however much it is: the mapping that is suggested answers all of it at once."""
    if len(names) < 2:
        return [Problem(kind="missing_column", file=file, column=name, message=_MISSING) for name in names]
    values = {"n": len(names), "names": ", ".join(names)}
    return [Problem(kind="missing_columns", file=file, message=_SEVERAL_MISSING, values=values, count=len(names))]


_SEVERAL_MISSING = N_(
    "{n} colonnes obligatoires absentes\u00a0: {names}\u202f; ajoutez-les, ou dites dans mapping.toml d’où elles viennent."
)


_MISSING = N_("colonne obligatoire absente\u202f; ajoutez-la, ou nommez dans mapping.toml l’en-tête qui la porte.")
