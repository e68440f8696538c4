"""The answers, typed: for each question, its row and the function that asks it. Generated from the headers of queries/*.sql.

Do not edit: run `python -m queries.answers` after a header has changed. Rows are as a reader receives them, after rights and
statistical secrecy; what may be empty is `| None`. For the answer as an Arrow table, `access.ask(name, scope)`.
"""

# fmt: off
import datetime as dt
from decimal import Decimal
from typing import TypedDict, cast

from queries.rights.access import Access
from queries.scope import Scope


class AlertsSinceRow(TypedDict):
    """One row per event: the release itself, a milestone, an objective, a lot, a client."""

    alert_event: str
    milestone: str | None
    contract_id: str | None
    lot_id: str | None
    contract_ref: str | None
    subject: str | None
    client_id: str | None
    client_name: str | None
    ends_on: dt.date | None
    month: dt.date | None
    hours: Decimal | None
    data_as_of: dt.date


class AnomaliesRow(TypedDict):
    """One row per kind of anomaly, those without a row included."""

    kind: str
    rows: int | None
    hours: Decimal | None
    in_totals: bool


class AnomaliesByClientRow(TypedDict):
    """One row per kind of anomaly and client with one; an empty client for lines of no known lot, and for the DECP."""

    kind: str
    client_id: str | None
    client_name: str | None
    rows: int | None
    hours: Decimal
    in_totals: bool


class AnomalyLinesRow(TypedDict):
    """One row per anomalous line, or lot, and kind of anomaly."""

    kind: str
    source_file: str | None
    source_row: int | None
    contract_id: str
    lot_id: str
    client_id: str | None
    client_name: str | None
    month: dt.date | None
    hours: Decimal
    in_totals: bool
    detail: str | None


class ChangedLotsRow(TypedDict):
    """One row per lot that came, went, or whose accepted hours are not those of the earlier release."""

    contract_id: str
    lot_id: str
    subject: str
    client_id: str
    client_name: str
    lot_change: str
    hours_before: Decimal
    hours_after: Decimal
    change_hours: Decimal
    first_year: int | None
    last_year: int | None


class ChangesByYearRow(TypedDict):
    """One row per year with hours in either release."""

    year: int
    hours_before: Decimal
    hours_after: Decimal
    change_hours: Decimal
    added_hours: Decimal
    corrected_hours: Decimal
    appeared_hours: Decimal
    gone_hours: Decimal
    change_ratio: float | None
    was_closed: bool
    is_consolidated: bool
    is_revised: bool


class ChangesSinceRow(TypedDict):
    """One row per client, clause category and year whose accepted hours are not those of the earlier release."""

    client_id: str
    clause_category: str
    year: int
    hours_before: Decimal
    hours_after: Decimal
    change_hours: Decimal
    added_hours: Decimal
    corrected_hours: Decimal
    appeared_hours: Decimal
    gone_hours: Decimal
    client_name: str
    is_consolidated: bool


class ChangesTotalRow(TypedDict):
    """One row."""

    earlier_release: str | None
    earlier_data_as_of: dt.date | None
    data_as_of: dt.date
    hours_before: Decimal
    hours_after: Decimal
    change_hours: Decimal
    known_years_change_hours: Decimal
    lots_appeared: int
    lots_gone: int


class ClauseCountingRow(TypedDict):
    """One row per clause category that has a lot in scope."""

    clause_category: str
    lots_counted: int
    hours_counted: Decimal
    lots_uncounted: int
    hours_uncounted: Decimal
    all_lots_uncounted: int
    all_hours_uncounted: Decimal


class ClientsFreshnessRow(TypedDict):
    """One row per client that has a lot in scope."""

    client_id: str
    client_name: str
    last_month: dt.date | None
    months_late: int | None
    hours_pending: Decimal
    is_active: bool
    is_late: bool


class CommentsRow(TypedDict):
    """One row per comment that the reader may see."""

    scope_kind: str
    scope_code: str | None
    period: str | None
    text: str
    author_role: str | None
    written_on: dt.date | None
    kind: str | None


class CommuneMapRow(TypedDict):
    """One row per commune of the territory, then one for other communes, one for codes unknown to INSEE, one for the unlocated."""

    place: str
    execution_commune: str | None
    commune_name: str | None
    hours_validated: Decimal
    share_ratio: float | None
    population: int | None
    hours_per_1000: float | None
    lots: int
    place_hours: Decimal
    place_share_ratio: float | None
    place_hours_per_1000: float | None


class ContractsWithoutSocialConditionRow(TypedDict):
    """One row per contract notified since the obligation, above the lowest European threshold that may apply to it, whose DECP do not tell a social clause."""

    contract_ref: str
    buyer_siret: str
    buyer_name: str
    client_id: str | None
    client_type: str | None
    subject: str | None
    nature: str | None
    procedure: str | None
    threshold_kind: str | None
    amount_eur: Decimal
    threshold_eur: int
    notified_on: dt.date
    considerations: list[str] | None
    condition: str
    doubt: str | None


class DetailCountsRow(TypedDict):
    """One row."""

    lots: int
    hours_lines: int | None
    hours_validated: Decimal
    hours_pending: Decimal


class DetailHoursRow(TypedDict):
    """One row per line of hours of the matching lots (a lot, a month worked, a work contract)."""

    line_number: int
    month: dt.date
    client_id: str
    client_name: str
    contract_id: str
    lot_id: str
    contract_ref: str | None
    subject: str
    employer_kind: str | None
    work_contract_type: str | None
    link: str | None
    status: str
    declared_on: dt.date | None
    validated_on: dt.date | None
    hours_declared: Decimal
    hours_validated: Decimal | None
    hours_pending: Decimal


class DetailLotsRow(TypedDict):
    """One row per matching lot."""

    line_number: int
    contract_id: str
    lot_id: str
    contract_ref: str | None
    operation: str | None
    subject: str
    client_id: str
    client_name: str
    client_siret: str | None
    client_type: str
    client_commune: str | None
    client_commune_name: str | None
    execution_commune: str | None
    commune_name: str | None
    contractor_name: str | None
    contractor_siret: str | None
    purchase_kind: str | None
    sector: str | None
    contract_form: str | None
    clause_category: str
    legal_basis: str | None
    award_weight_pct: Decimal | None
    programme: str | None
    amount_eur: Decimal | None
    obligation_kind: str | None
    obligation_pct: Decimal | None
    hours_planned: Decimal | None
    hours_committed_initial: Decimal | None
    hours_committed: Decimal | None
    amendment_count: int | None
    hours_validated: Decimal
    hours_pending: Decimal
    notified_on: dt.date | None
    starts_on: dt.date | None
    ends_on: dt.date | None
    status: str
    closed_on: dt.date | None
    counts_in_total: bool
    penalty_eur: Decimal | None
    facilitator_code: str | None


class ExitsByClauseRow(TypedDict):
    """One row per moment of observation, clause category and group of outcomes (all outcomes: a group of its own), and the same over all of them."""

    population: str | None
    outcome_point: str
    clause_category: str
    outcome_group: str
    participants: int | None
    is_total: bool
    hidden: list[str]


class ExitsByDurationRow(TypedDict):
    """One row per population, moment of observation, time from entry to exit and group of outcomes (all outcomes: a group of its own), and the same over all of them."""

    population: str | None
    outcome_point: str
    duration_band: str
    outcome_group: str
    participants: int | None
    is_total: bool
    hidden: list[str]


class ExitsByEmployerKindRow(TypedDict):
    """One row per moment of observation, employer kind and group of outcomes (all outcomes: a group of its own), and the same over all of them."""

    population: str | None
    outcome_point: str
    employer_kind: str | None
    outcome_group: str
    participants: int | None
    is_total: bool
    hidden: list[str]


class ExitsByEntryYearRow(TypedDict):
    """One row per population, moment of observation, year of entry and group of outcomes (all outcomes: a group of its own), and the same over all of them."""

    population: str | None
    outcome_point: str
    entry_year: int | None
    outcome_group: str
    participants: int | None
    is_total: bool
    hidden: list[str]


class ExitsByPointRow(TypedDict):
    """One row per population, moment of observation and outcome, then one for all outcomes of the moment."""

    population: str | None
    outcome_point: str
    exit_outcome: str
    participants: int | None
    is_total: bool
    hidden: list[str]


class FilterChoicesRow(TypedDict):
    """One row per filter of the form × value that has hours, validated or pending, under all the other filters."""

    field: str
    value: str
    hours: Decimal


class FilterNamesRow(TypedDict):
    """One row per client, execution commune, holder of a contract, structure of an observatory that the reader may see."""

    field: str
    value: str
    name: str
    sirets: str | None


class HeadlineRow(TypedDict):
    """One row, the scope."""

    hours_validated: Decimal
    hours_pending: Decimal
    hours_committed: Decimal
    rated_committed: Decimal
    rated_hours: Decimal
    completion_ratio: float | None
    completion_closed_ratio: float | None
    rated_closed_hours: Decimal
    rated_closed_committed: Decimal
    completion_running_ratio: float | None
    rated_running_hours: Decimal
    rated_running_committed: Decimal
    lots_excluded: int
    participants: int | None
    work_contracts: int | None
    hours_per_participant: float | None
    contracts: int
    lots: int
    clients: int
    clients_with_hours: int
    contractors: int
    fte: float
    hidden: list[str]


class HighlightsSinceRow(TypedDict):
    """One row per kind of event that there is; the release itself is none."""

    alert_event: str
    events: int
    milestone: str | None
    contract_id: str | None
    lot_id: str | None
    subject: str | None
    client_id: str | None
    client_name: str | None
    ends_on: dt.date | None
    month: dt.date | None
    hours: Decimal | None
    data_as_of: dt.date


class HoursByClauseRow(TypedDict):
    """One row per clause category that has a lot in scope."""

    clause_category: str
    hours_validated: Decimal
    hours_pending: Decimal
    share_ratio: float | None
    hours_committed: Decimal
    rated_committed: Decimal
    rated_hours: Decimal
    completion_ratio: float | None
    completion_closed_ratio: float | None
    rated_closed_hours: Decimal
    rated_closed_committed: Decimal
    completion_running_ratio: float | None
    rated_running_hours: Decimal
    rated_running_committed: Decimal
    contracts: int
    lots: int
    lots_excluded: int


class HoursByClauseAndYearRow(TypedDict):
    """One row per year of the scope × clause_category with a line of hours in scope; years are complete: each has a row, those that the months of the scope cut with the hours of these months."""

    year: int
    clause_category: str
    hours_validated: Decimal
    year_share_ratio: float | None
    best_year_ratio: float | None


class HoursByClientRow(TypedDict):
    """One row per client that has a lot in scope."""

    client_id: str
    client_name: str
    client_type: str
    hours_validated: Decimal
    hours_pending: Decimal
    share_ratio: float | None
    hours_committed: Decimal
    rated_committed: Decimal
    rated_hours: Decimal
    completion_ratio: float | None
    completion_closed_ratio: float | None
    rated_closed_hours: Decimal
    rated_closed_committed: Decimal
    completion_running_ratio: float | None
    rated_running_hours: Decimal
    rated_running_committed: Decimal
    contracts: int
    lots: int
    lots_excluded: int
    is_own: bool


class HoursByClientAndYearRow(TypedDict):
    """One row per year of the scope × client_id with a line of hours in scope; years are complete: each has a row, those that the months of the scope cut with the hours of these months."""

    year: int
    client_id: str
    hours_validated: Decimal
    best_year_ratio: float | None


class HoursByClientTypeRow(TypedDict):
    """One row per client type that has a lot in scope."""

    client_type: str
    hours_validated: Decimal
    share_ratio: float | None
    hours_committed: Decimal
    rated_committed: Decimal
    rated_hours: Decimal
    completion_ratio: float | None
    clients: int


class HoursByCommuneRow(TypedDict):
    """One row per execution commune that has a lot in scope, and one for the lots in several or unknown communes (NULL)."""

    execution_commune: str | None
    commune_name: str | None
    hours_validated: Decimal
    share_ratio: float | None
    population: int | None
    hours_per_1000: float | None
    lots: int
    is_member: bool


class HoursByEmployerKindRow(TypedDict):
    """One row per employer kind with a line of hours in scope, and one for the lines that do not say (NULL)."""

    employer_kind: str | None
    hours_validated: Decimal
    share_ratio: float | None


class HoursByLotAndYearRow(TypedDict):
    """One row per lot in scope and year with a line of hours in scope; one row without year for a lot that has no such line."""

    contract_id: str
    lot_id: str
    subject: str
    client_id: str
    client_name: str
    clause_category: str
    year: int | None
    hours_validated: Decimal


class HoursByMonthRow(TypedDict):
    """One row per month, from the first one worked to that of the data date, within the years or months of the scope."""

    month: dt.date
    hours_validated: Decimal
    hours_pending: Decimal
    cumulative_hours: Decimal
    cumulative_committed_hours: Decimal
    provisional: bool
    negative: bool


class HoursByOwnAndAssistedRow(TypedDict):
    """One row for the authority's own lots, one for those of the other clients; only what has a lot in scope."""

    is_own: bool
    hours_validated: Decimal
    share_ratio: float | None
    clients: int
    contracts: int
    lots: int


class HoursByPeriodRow(TypedDict):
    """One row per month or quarter of the years of the scope; of twelve months, one per month that such a year ends with."""

    first_month: dt.date
    last_month: dt.date
    hours_validated: Decimal
    complete: bool
    change_ratio: float | None


class HoursBySectorRow(TypedDict):
    """One row per sector of the lot with a line of hours in scope, and one for the lines that do not say (NULL)."""

    sector: str | None
    hours_validated: Decimal
    share_ratio: float | None


class HoursByStructureRow(TypedDict):
    """One row per structure of an observatory that has a lot in scope; none where a single authority publishes."""

    structure: str
    structure_name: str
    hours_validated: Decimal
    hours_pending: Decimal
    share_ratio: float | None
    hours_committed: Decimal
    rated_committed: Decimal
    rated_hours: Decimal
    completion_ratio: float | None
    clients: int
    contracts: int
    lots: int
    data_as_of: dt.date
    first_month: dt.date | None
    last_month: dt.date | None
    months_late: int | None
    is_late: bool
    population: int | None
    whole_year: int | None
    whole_year_hours: Decimal | None
    hours_per_1000: float | None


class HoursByWorkContractTypeRow(TypedDict):
    """One row per work contract type with a line of hours in scope, and one for the lines that do not say (NULL)."""

    work_contract_type: str | None
    hours_validated: Decimal
    share_ratio: float | None


class HoursByYearRow(TypedDict):
    """One row per year, from the first one worked to that of the data date, within the years of the scope; of its months only."""

    year: int
    hours_validated: Decimal
    hours_pending: Decimal
    change_ratio: float | None
    compared_months: int
    same_months_hours: Decimal | None
    same_months_hours_before: Decimal | None
    same_months_change_ratio: float | None
    objective_hours: Decimal | None
    objective_ratio: float | None
    fte: float
    rank: int
    complete: bool


class HoursComparedRow(TypedDict):
    """One row per compared value and year of the scope, from the first one worked to that of the data date."""

    value: str
    year: int
    hours_validated: Decimal
    complete: bool
    base_year: int | None
    hours_index: float | None


class HoursReservedRow(TypedDict):
    """One row, the reserved contracts of the scope (SIAE, EA/ESAT, ESS, prison)."""

    hours_validated: Decimal
    hours_pending: Decimal
    share_ratio: float | None
    hours_committed: Decimal
    rated_committed: Decimal
    rated_hours: Decimal
    completion_ratio: float | None
    contracts: int
    lots: int
    lots_excluded: int


class HoursStillOwedRow(TypedDict):
    """One row per month from the one after the data date to the last end of a running lot, then one for ends that are past or unknown."""

    month: dt.date | None
    owed_hours: Decimal
    cumulative_owed_hours: Decimal
    lots: int


class LateLotsByClientRow(TypedDict):
    """One row per client that has a lot in scope."""

    client_id: str
    client_name: str
    to_call_lots: int
    ending_lots: int
    not_started_lots: int
    behind_lots: int
    missing_hours: Decimal
    ending_missing_hours: Decimal
    not_started_missing_hours: Decimal
    behind_missing_hours: Decimal


class LotAlertsRow(TypedDict):
    """One row per choice of the list of lots: each alert, and two sums over alerts (to_call, all)."""

    alert: str
    lots: int
    running_lots: int
    missing_hours: Decimal
    running_missing_hours: Decimal
    judged_on: dt.date


class LotEmployersRow(TypedDict):
    """One row per employer kind with a line of hours for the lot, and one for the lines that do not say (NULL)."""

    employer_kind: str | None
    hours_validated: Decimal
    hours_pending: Decimal
    share_ratio: float | None


class LotFactsRow(TypedDict):
    """One row: the requested lot, when it is in scope."""

    contract_id: str
    lot_id: str
    contract_ref: str | None
    operation: str | None
    subject: str
    client_id: str
    client_name: str
    client_siret: str | None
    client_type: str
    contractor_name: str | None
    contractor_siret: str | None
    execution_commune: str | None
    commune_name: str | None
    sector: str | None
    purchase_kind: str | None
    contract_form: str | None
    programme: str | None
    clause_category: str
    legal_basis: str | None
    award_weight_pct: Decimal | None
    facilitator_code: str | None
    counts_in_total: bool
    status: str
    notified_on: dt.date | None
    starts_on: dt.date | None
    ends_on: dt.date | None
    closed_on: dt.date | None
    days_left: int | None
    amount_eur: Decimal | None
    penalty_eur: Decimal | None
    obligation_kind: str | None
    obligation_pct: Decimal | None
    hours_planned: Decimal | None
    hours_committed_initial: Decimal | None
    hours_committed: Decimal | None
    amendment_hours: Decimal | None
    amendment_count: int | None
    hours_to_date: Decimal
    pending_to_date: Decimal
    complete_hours: Decimal
    completion_ratio: float | None
    time_ratio: float | None
    expected_hours: Decimal | None
    pace_ratio: float | None
    gap_hours: Decimal | None
    missing_hours: Decimal | None
    left_hours: Decimal | None
    needed_per_month: Decimal | None
    best_per_month: Decimal | None
    alert: str
    last_month: dt.date | None


class LotFollowUpsRow(TypedDict):
    """One row."""

    pending_lots: int
    pending_hours: Decimal
    late_clients: int


class LotLastMonthsRow(TypedDict):
    """One row per running lot and month, the twelve months up to the data date."""

    contract_id: str
    lot_id: str
    month: dt.date
    hours_validated: Decimal
    share_of_best: float | None


class LotMonthsRow(TypedDict):
    """One row per month, from the first month of the lot (start or first hours) to the data date."""

    month: dt.date
    hours_validated: Decimal
    hours_pending: Decimal
    cumulative_hours: Decimal
    expected_hours: Decimal | None


class LotsRow(TypedDict):
    """One row per lot in scope."""

    contract_id: str
    lot_id: str
    contract_ref: str | None
    operation: str | None
    subject: str
    client_id: str
    client_name: str
    client_siret: str | None
    contractor_name: str | None
    contractor_siret: str | None
    facilitator_code: str | None
    clause_category: str
    execution_commune: str | None
    commune_name: str | None
    status: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    days_left: int | None
    hours_committed: Decimal | None
    hours_validated: Decimal
    hours_pending: Decimal
    hours_to_date: Decimal
    pending_to_date: Decimal
    completion_ratio: float | None
    time_ratio: float | None
    expected_hours: Decimal | None
    pace_ratio: float | None
    gap_hours: Decimal | None
    missing_hours: Decimal | None
    left_hours: Decimal | None
    needed_per_month: Decimal | None
    best_per_month: Decimal | None
    alert: str
    last_month: dt.date | None


class LotsEndingShortRow(TypedDict):
    """One row per running lot whose obligation is not yet done."""

    contract_id: str
    lot_id: str
    contract_ref: str | None
    subject: str
    client_id: str
    client_name: str
    ends_on: dt.date | None
    is_ending: bool
    hours_committed: Decimal
    hours_to_date: Decimal
    left_hours: Decimal
    ending_left_hours: Decimal


class MilestoneBacktestRow(TypedDict):
    """One row per milestone not reached and past year in which a date could be given, projected in the month of the last complete one."""

    milestone: str
    asked_month: dt.date
    earliest: dt.date
    latest: dt.date | None
    happened: dt.date | None
    inside: bool | None
    distance_hours: Decimal
    known_dates: int
    inside_dates: int
    expected_dates: float


class MilestoneFanRow(TypedDict):
    """One row per milestone that a date can be given for, and month from the last complete one to six months after its latest date."""

    milestone: str
    month: dt.date
    low_hours: Decimal
    middle_hours: Decimal
    high_hours: Decimal


class MilestoneProgressRow(TypedDict):
    """One row per milestone of the settings that the reader may see."""

    milestone: str
    measure: str
    target_hours: Decimal
    hours_to_date: Decimal
    share_ratio: float
    crossed_month: dt.date | None
    gap_hours: Decimal
    opening_hours: Decimal
    pace_hours: Decimal | None
    projected_month: dt.date | None
    projected_earliest: dt.date | None
    projected_latest: dt.date | None
    status: str
    client: str | None
    clause_category: str | None
    year: int | None
    due_on: dt.date | None
    last_complete_month: dt.date
    complete_hours: Decimal
    complete_months: int | None
    expected_hours: Decimal | None
    spread_ratio: float | None
    history_months: int
    not_before: dt.date | None
    obstacle: str | None
    last_declared_month: dt.date | None
    pace_per_month: Decimal | None
    months_left: int | None
    needed_per_month: Decimal | None
    needed_more_per_month: Decimal | None
    needed_change_ratio: float | None
    needed_for_sure_per_month: Decimal | None
    still_owed_hours: Decimal | None
    year_low_hours: Decimal | None
    year_high_hours: Decimal | None


class MilestoneWhatIfRow(TypedDict):
    """One row per milestone of the settings that the reader may see."""

    milestone: str
    status: str
    projected_earliest: dt.date | None
    projected_month: dt.date | None
    projected_latest: dt.date | None
    not_before: dt.date | None
    obstacle: str | None


class PeopleByResidenceRow(TypedDict):
    """One row per population and place: inside the authority, outside, not stated; one per commune inside; one for all of them."""

    population: str | None
    trait: str
    value: str | None
    commune_name: str | None
    participants: int | None
    hours_validated: Decimal | None
    hours_share_ratio: float | None
    is_total: bool
    hidden: list[str]


class PeopleByTraitRow(TypedDict):
    """One row per population, trait and value, then one for all participants of the population."""

    population: str | None
    trait: str
    value: str | None
    participants: int | None
    hours_validated: Decimal | None
    hours_share_ratio: float | None
    is_total: bool
    hidden: list[str]


class PeopleByYearRow(TypedDict):
    """One row per population, year of the scope and presence, then one for all years."""

    population: str | None
    year: int | None
    presence: str
    participants: int | None
    is_total: bool
    hidden: list[str]


class ReleaseSummaryRow(TypedDict):
    """One row, the open release."""

    release: str
    demo: bool
    data_as_of: dt.date
    published_at: dt.datetime
    first_month: dt.date | None
    last_month: dt.date | None
    last_complete_month: dt.date
    contracts: int
    lots: int
    hours_rows: int | None
    rows_left_out: int | None
    hours_validated: Decimal
    hours_pending: Decimal
    pending_ratio: float | None
    anomalies: int | None
    anomalies_of_participants: int | None


class SocialConditionRow(TypedDict):
    """One row, the scope."""

    obliged_from: dt.date
    last_notified: dt.date | None
    contracts: int
    contracts_social: int
    contracts_known: int
    contracts_unknown: int
    social_ratio: float | None
    said_ratio: float | None
    amount_social_eur: Decimal
    amount_notified_eur: Decimal
    social_amount_ratio: float | None
    contracts_valueless: int
    contracts_obliged: int
    contracts_with_clause: int
    contracts_with_other: int
    contracts_without: int
    contracts_unsaid: int
    contracts_doubtful: int
    contracts_without_amount: int


class SocialShareByClientRow(TypedDict):
    """One row per client that notified a contract in scope; then one row with a NULL client for all buyers that are no clients."""

    client_id: str | None
    client_name: str | None
    client_type: str | None
    contracts_social: int
    contracts: int
    social_ratio: float | None
    contracts_unknown: int
    contracts_known: int
    said_ratio: float | None
    amount_social_eur: Decimal
    amount_notified_eur: Decimal
    social_amount_ratio: float | None
    contracts_valueless: int
    buyers: int
    is_own: bool


class SocialShareByYearRow(TypedDict):
    """One row per year of notification, from the first to the last one of the DECP, within the years of the scope; then one with a NULL year when contracts have no date of notification."""

    year: int | None
    contracts_social: int
    contracts: int
    social_ratio: float | None
    contracts_unknown: int
    contracts_known: int
    said_ratio: float | None
    amount_social_eur: Decimal
    amount_notified_eur: Decimal
    social_amount_ratio: float | None
    contracts_valueless: int
    target_ratio: float | None
    target_year: int | None
    target_status: str | None
    national_ratio: float | None
    complete: bool | None


class SpaserIndicatorsByYearRow(TypedDict):
    """One row per year of notification, from the first to the last one of the DECP, within the years of the scope; then one with a NULL year when contracts have no date of notification."""

    year: int | None
    contracts: int
    contracts_social: int
    contracts_unknown: int
    contracts_unspecified: int
    social_ratio: float | None
    amount_notified_eur: Decimal
    amount_social_eur: Decimal
    social_amount_ratio: float | None
    contracts_valueless: int
    amount_framework_eur: Decimal
    amount_concession_eur: Decimal
    contracts_reserved: int
    amount_reserved_eur: Decimal
    contracts_reserved_iae: int
    amount_reserved_iae_eur: Decimal
    contracts_reserved_disability: int
    amount_reserved_disability_eur: Decimal
    contracts_reserved_other: int
    amount_reserved_other_eur: Decimal
    contracts_reserved_unknown: int
    amount_reserved_unknown_eur: Decimal
    spaser_threshold_eur: int | None
    complete: bool | None


class SpaserIndicatorsByYearAndClientRow(TypedDict):
    """One row per year of notification and client that notified a contract in scope; a NULL client for all buyers that are no clients, a NULL year for contracts without a date of notification."""

    year: int | None
    client_id: str | None
    client_name: str | None
    client_type: str | None
    is_own: bool
    contracts: int
    contracts_social: int
    contracts_unknown: int
    contracts_unspecified: int
    social_ratio: float | None
    amount_notified_eur: Decimal
    amount_social_eur: Decimal
    social_amount_ratio: float | None
    contracts_valueless: int
    amount_framework_eur: Decimal
    amount_concession_eur: Decimal
    contracts_reserved: int
    amount_reserved_eur: Decimal
    contracts_reserved_iae: int
    amount_reserved_iae_eur: Decimal
    contracts_reserved_disability: int
    amount_reserved_disability_eur: Decimal
    contracts_reserved_other: int
    amount_reserved_other_eur: Decimal
    contracts_reserved_unknown: int
    amount_reserved_unknown_eur: Decimal
    spaser_threshold_eur: int | None
    complete: bool | None


class TotalsRow(TypedDict):
    """One row, the scope."""

    hours_validated: Decimal
    hours_pending: Decimal
    hours_committed: Decimal
    rated_committed: Decimal
    rated_hours: Decimal
    completion_ratio: float | None
    completion_closed_ratio: float | None
    rated_closed_hours: Decimal
    rated_closed_committed: Decimal
    completion_running_ratio: float | None
    rated_running_hours: Decimal
    rated_running_committed: Decimal
    lots_excluded: int
    contracts: int
    lots: int
    clients: int
    clients_with_hours: int
    contractors: int
    fte: float


class TotalsReconciledRow(TypedDict):
    """One row per step, from the hours published to the total of the pages, then to the running total of the curve."""

    step: str
    step_kind: str
    hours_validated: Decimal
    place: int


class YearsComparedRow(TypedDict):
    """One row per compared year and calendar month that is complete in all of them."""

    year: int
    month_number: int
    hours_validated: Decimal
    period_hours: Decimal
    compared_months: int
    base_month: int | None
    hours_index: float | None


def alerts_since(access: Access, scope: Scope, since: str = "") -> list[AlertsSinceRow]:
    """One row per event: the release itself, a milestone, an objective, a lot, a client."""
    return cast("list[AlertsSinceRow]", access.ask("alerts_since", scope, since=since).to_pylist())


def anomalies(access: Access) -> list[AnomaliesRow]:
    """One row per kind of anomaly, those without a row included."""
    return cast("list[AnomaliesRow]", access.ask("anomalies", Scope()).to_pylist())


def anomalies_by_client(access: Access) -> list[AnomaliesByClientRow]:
    """One row per kind of anomaly and client with one; an empty client for lines of no known lot, and for the DECP."""
    return cast("list[AnomaliesByClientRow]", access.ask("anomalies_by_client", Scope()).to_pylist())


def anomaly_lines(access: Access) -> list[AnomalyLinesRow]:
    """One row per anomalous line, or lot, and kind of anomaly."""
    return cast("list[AnomalyLinesRow]", access.ask("anomaly_lines", Scope()).to_pylist())


def changed_lots(access: Access, scope: Scope, since: str = "") -> list[ChangedLotsRow]:
    """One row per lot that came, went, or whose accepted hours are not those of the earlier release."""
    return cast("list[ChangedLotsRow]", access.ask("changed_lots", scope, since=since).to_pylist())


def changes_by_year(access: Access, scope: Scope, since: str = "") -> list[ChangesByYearRow]:
    """One row per year with hours in either release."""
    return cast("list[ChangesByYearRow]", access.ask("changes_by_year", scope, since=since).to_pylist())


def changes_since(access: Access, scope: Scope, since: str = "") -> list[ChangesSinceRow]:
    """One row per client, clause category and year whose accepted hours are not those of the earlier release."""
    return cast("list[ChangesSinceRow]", access.ask("changes_since", scope, since=since).to_pylist())


def changes_total(access: Access, scope: Scope, since: str = "") -> ChangesTotalRow:
    """One row."""
    return cast("ChangesTotalRow", access.ask("changes_total", scope, since=since).to_pylist()[0])


def clause_counting(access: Access, scope: Scope) -> list[ClauseCountingRow]:
    """One row per clause category that has a lot in scope."""
    return cast("list[ClauseCountingRow]", access.ask("clause_counting", scope).to_pylist())


def clients_freshness(access: Access, scope: Scope) -> list[ClientsFreshnessRow]:
    """One row per client that has a lot in scope."""
    return cast("list[ClientsFreshnessRow]", access.ask("clients_freshness", scope).to_pylist())


def comments(access: Access) -> list[CommentsRow]:
    """One row per comment that the reader may see."""
    return cast("list[CommentsRow]", access.ask("comments", Scope()).to_pylist())


def commune_map(access: Access, scope: Scope) -> list[CommuneMapRow]:
    """One row per commune of the territory, then one for other communes, one for codes unknown to INSEE, one for the unlocated."""
    return cast("list[CommuneMapRow]", access.ask("commune_map", scope).to_pylist())


def contracts_without_social_condition(access: Access, scope: Scope) -> list[ContractsWithoutSocialConditionRow]:
    """One row per contract notified since the obligation, above the lowest European threshold that may apply to it, whose DECP do not tell a social clause."""
    return cast("list[ContractsWithoutSocialConditionRow]", access.ask("contracts_without_social_condition", scope).to_pylist())


def detail_counts(access: Access, scope: Scope, search: str = "") -> DetailCountsRow:
    """One row."""
    return cast("DetailCountsRow", access.ask("detail_counts", scope, search=search).to_pylist()[0])


def detail_hours(access: Access, scope: Scope, search: str = "", first: str = "", rows: str = "") -> list[DetailHoursRow]:
    """One row per line of hours of the matching lots (a lot, a month worked, a work contract)."""
    return cast("list[DetailHoursRow]", access.ask("detail_hours", scope, search=search, first=first, rows=rows).to_pylist())


def detail_lots(access: Access, scope: Scope, search: str = "", first: str = "", rows: str = "") -> list[DetailLotsRow]:
    """One row per matching lot."""
    return cast("list[DetailLotsRow]", access.ask("detail_lots", scope, search=search, first=first, rows=rows).to_pylist())


def exits_by_clause(access: Access, scope: Scope) -> list[ExitsByClauseRow]:
    """One row per moment of observation, clause category and group of outcomes (all outcomes: a group of its own), and the same over all of them."""
    return cast("list[ExitsByClauseRow]", access.ask("exits_by_clause", scope).to_pylist())


def exits_by_duration(access: Access, scope: Scope) -> list[ExitsByDurationRow]:
    """One row per population, moment of observation, time from entry to exit and group of outcomes (all outcomes: a group of its own), and the same over all of them."""
    return cast("list[ExitsByDurationRow]", access.ask("exits_by_duration", scope).to_pylist())


def exits_by_employer_kind(access: Access, scope: Scope) -> list[ExitsByEmployerKindRow]:
    """One row per moment of observation, employer kind and group of outcomes (all outcomes: a group of its own), and the same over all of them."""
    return cast("list[ExitsByEmployerKindRow]", access.ask("exits_by_employer_kind", scope).to_pylist())


def exits_by_entry_year(access: Access, scope: Scope) -> list[ExitsByEntryYearRow]:
    """One row per population, moment of observation, year of entry and group of outcomes (all outcomes: a group of its own), and the same over all of them."""
    return cast("list[ExitsByEntryYearRow]", access.ask("exits_by_entry_year", scope).to_pylist())


def exits_by_point(access: Access, scope: Scope) -> list[ExitsByPointRow]:
    """One row per population, moment of observation and outcome, then one for all outcomes of the moment."""
    return cast("list[ExitsByPointRow]", access.ask("exits_by_point", scope).to_pylist())


def filter_choices(access: Access, scope: Scope) -> list[FilterChoicesRow]:
    """One row per filter of the form × value that has hours, validated or pending, under all the other filters."""
    return cast("list[FilterChoicesRow]", access.ask("filter_choices", scope).to_pylist())


def filter_names(access: Access) -> list[FilterNamesRow]:
    """One row per client, execution commune, holder of a contract, structure of an observatory that the reader may see."""
    return cast("list[FilterNamesRow]", access.ask("filter_names", Scope()).to_pylist())


def headline(access: Access, scope: Scope) -> HeadlineRow:
    """One row, the scope."""
    return cast("HeadlineRow", access.ask("headline", scope).to_pylist()[0])


def highlights_since(access: Access, scope: Scope, since: str = "") -> list[HighlightsSinceRow]:
    """One row per kind of event that there is; the release itself is none."""
    return cast("list[HighlightsSinceRow]", access.ask("highlights_since", scope, since=since).to_pylist())


def hours_by_clause(access: Access, scope: Scope) -> list[HoursByClauseRow]:
    """One row per clause category that has a lot in scope."""
    return cast("list[HoursByClauseRow]", access.ask("hours_by_clause", scope).to_pylist())


def hours_by_clause_and_year(access: Access, scope: Scope) -> list[HoursByClauseAndYearRow]:
    """One row per year of the scope × clause_category with a line of hours in scope; years are complete: each has a row, those that the months of the scope cut with the hours of these months."""
    return cast("list[HoursByClauseAndYearRow]", access.ask("hours_by_clause_and_year", scope).to_pylist())


def hours_by_client(access: Access, scope: Scope) -> list[HoursByClientRow]:
    """One row per client that has a lot in scope."""
    return cast("list[HoursByClientRow]", access.ask("hours_by_client", scope).to_pylist())


def hours_by_client_and_year(access: Access, scope: Scope) -> list[HoursByClientAndYearRow]:
    """One row per year of the scope × client_id with a line of hours in scope; years are complete: each has a row, those that the months of the scope cut with the hours of these months."""
    return cast("list[HoursByClientAndYearRow]", access.ask("hours_by_client_and_year", scope).to_pylist())


def hours_by_client_type(access: Access, scope: Scope) -> list[HoursByClientTypeRow]:
    """One row per client type that has a lot in scope."""
    return cast("list[HoursByClientTypeRow]", access.ask("hours_by_client_type", scope).to_pylist())


def hours_by_commune(access: Access, scope: Scope) -> list[HoursByCommuneRow]:
    """One row per execution commune that has a lot in scope, and one for the lots in several or unknown communes (NULL)."""
    return cast("list[HoursByCommuneRow]", access.ask("hours_by_commune", scope).to_pylist())


def hours_by_employer_kind(access: Access, scope: Scope) -> list[HoursByEmployerKindRow]:
    """One row per employer kind with a line of hours in scope, and one for the lines that do not say (NULL)."""
    return cast("list[HoursByEmployerKindRow]", access.ask("hours_by_employer_kind", scope).to_pylist())


def hours_by_lot_and_year(access: Access, scope: Scope) -> list[HoursByLotAndYearRow]:
    """One row per lot in scope and year with a line of hours in scope; one row without year for a lot that has no such line."""
    return cast("list[HoursByLotAndYearRow]", access.ask("hours_by_lot_and_year", scope).to_pylist())


def hours_by_month(access: Access, scope: Scope) -> list[HoursByMonthRow]:
    """One row per month, from the first one worked to that of the data date, within the years or months of the scope."""
    return cast("list[HoursByMonthRow]", access.ask("hours_by_month", scope).to_pylist())


def hours_by_own_and_assisted(access: Access, scope: Scope) -> list[HoursByOwnAndAssistedRow]:
    """One row for the authority's own lots, one for those of the other clients; only what has a lot in scope."""
    return cast("list[HoursByOwnAndAssistedRow]", access.ask("hours_by_own_and_assisted", scope).to_pylist())


def hours_by_period(access: Access, scope: Scope, period: str = "") -> list[HoursByPeriodRow]:
    """One row per month or quarter of the years of the scope; of twelve months, one per month that such a year ends with."""
    return cast("list[HoursByPeriodRow]", access.ask("hours_by_period", scope, period=period).to_pylist())


def hours_by_sector(access: Access, scope: Scope) -> list[HoursBySectorRow]:
    """One row per sector of the lot with a line of hours in scope, and one for the lines that do not say (NULL)."""
    return cast("list[HoursBySectorRow]", access.ask("hours_by_sector", scope).to_pylist())


def hours_by_structure(access: Access, scope: Scope) -> list[HoursByStructureRow]:
    """One row per structure of an observatory that has a lot in scope; none where a single authority publishes."""
    return cast("list[HoursByStructureRow]", access.ask("hours_by_structure", scope).to_pylist())


def hours_by_work_contract_type(access: Access, scope: Scope) -> list[HoursByWorkContractTypeRow]:
    """One row per work contract type with a line of hours in scope, and one for the lines that do not say (NULL)."""
    return cast("list[HoursByWorkContractTypeRow]", access.ask("hours_by_work_contract_type", scope).to_pylist())


def hours_by_year(access: Access, scope: Scope) -> list[HoursByYearRow]:
    """One row per year, from the first one worked to that of the data date, within the years of the scope; of its months only."""
    return cast("list[HoursByYearRow]", access.ask("hours_by_year", scope).to_pylist())


def hours_compared(access: Access, scope: Scope, compared_by: str, compared: str) -> list[HoursComparedRow]:
    """One row per compared value and year of the scope, from the first one worked to that of the data date."""
    return cast("list[HoursComparedRow]", access.ask("hours_compared", scope, compared_by=compared_by, compared=compared).to_pylist())


def hours_reserved(access: Access, scope: Scope) -> HoursReservedRow:
    """One row, the reserved contracts of the scope (SIAE, EA/ESAT, ESS, prison)."""
    return cast("HoursReservedRow", access.ask("hours_reserved", scope).to_pylist()[0])


def hours_still_owed(access: Access, scope: Scope) -> list[HoursStillOwedRow]:
    """One row per month from the one after the data date to the last end of a running lot, then one for ends that are past or unknown."""
    return cast("list[HoursStillOwedRow]", access.ask("hours_still_owed", scope).to_pylist())


def late_lots_by_client(access: Access, scope: Scope) -> list[LateLotsByClientRow]:
    """One row per client that has a lot in scope."""
    return cast("list[LateLotsByClientRow]", access.ask("late_lots_by_client", scope).to_pylist())


def lot_alerts(access: Access, scope: Scope) -> list[LotAlertsRow]:
    """One row per choice of the list of lots: each alert, and two sums over alerts (to_call, all)."""
    return cast("list[LotAlertsRow]", access.ask("lot_alerts", scope).to_pylist())


def lot_employers(access: Access, scope: Scope, contract_id: str, lot_id: str) -> list[LotEmployersRow]:
    """One row per employer kind with a line of hours for the lot, and one for the lines that do not say (NULL)."""
    return cast("list[LotEmployersRow]", access.ask("lot_employers", scope, contract_id=contract_id, lot_id=lot_id).to_pylist())


def lot_facts(access: Access, scope: Scope, contract_id: str, lot_id: str) -> list[LotFactsRow]:
    """One row: the requested lot, when it is in scope."""
    return cast("list[LotFactsRow]", access.ask("lot_facts", scope, contract_id=contract_id, lot_id=lot_id).to_pylist())


def lot_follow_ups(access: Access, scope: Scope) -> LotFollowUpsRow:
    """One row."""
    return cast("LotFollowUpsRow", access.ask("lot_follow_ups", scope).to_pylist()[0])


def lot_last_months(access: Access, scope: Scope) -> list[LotLastMonthsRow]:
    """One row per running lot and month, the twelve months up to the data date."""
    return cast("list[LotLastMonthsRow]", access.ask("lot_last_months", scope).to_pylist())


def lot_months(access: Access, scope: Scope, contract_id: str, lot_id: str) -> list[LotMonthsRow]:
    """One row per month, from the first month of the lot (start or first hours) to the data date."""
    return cast("list[LotMonthsRow]", access.ask("lot_months", scope, contract_id=contract_id, lot_id=lot_id).to_pylist())


def lots(access: Access, scope: Scope) -> list[LotsRow]:
    """One row per lot in scope."""
    return cast("list[LotsRow]", access.ask("lots", scope).to_pylist())


def lots_ending_short(access: Access, scope: Scope) -> list[LotsEndingShortRow]:
    """One row per running lot whose obligation is not yet done."""
    return cast("list[LotsEndingShortRow]", access.ask("lots_ending_short", scope).to_pylist())


def milestone_backtest(access: Access, scope: Scope) -> list[MilestoneBacktestRow]:
    """One row per milestone not reached and past year in which a date could be given, projected in the month of the last complete one."""
    return cast("list[MilestoneBacktestRow]", access.ask("milestone_backtest", scope).to_pylist())


def milestone_fan(access: Access, scope: Scope) -> list[MilestoneFanRow]:
    """One row per milestone that a date can be given for, and month from the last complete one to six months after its latest date."""
    return cast("list[MilestoneFanRow]", access.ask("milestone_fan", scope).to_pylist())


def milestone_progress(access: Access, scope: Scope) -> list[MilestoneProgressRow]:
    """One row per milestone of the settings that the reader may see."""
    return cast("list[MilestoneProgressRow]", access.ask("milestone_progress", scope).to_pylist())


def milestone_what_if(access: Access, scope: Scope, extra_hours: str = "") -> list[MilestoneWhatIfRow]:
    """One row per milestone of the settings that the reader may see."""
    return cast("list[MilestoneWhatIfRow]", access.ask("milestone_what_if", scope, extra_hours=extra_hours).to_pylist())


def people_by_residence(access: Access, scope: Scope) -> list[PeopleByResidenceRow]:
    """One row per population and place: inside the authority, outside, not stated; one per commune inside; one for all of them."""
    return cast("list[PeopleByResidenceRow]", access.ask("people_by_residence", scope).to_pylist())


def people_by_trait(access: Access, scope: Scope) -> list[PeopleByTraitRow]:
    """One row per population, trait and value, then one for all participants of the population."""
    return cast("list[PeopleByTraitRow]", access.ask("people_by_trait", scope).to_pylist())


def people_by_year(access: Access, scope: Scope) -> list[PeopleByYearRow]:
    """One row per population, year of the scope and presence, then one for all years."""
    return cast("list[PeopleByYearRow]", access.ask("people_by_year", scope).to_pylist())


def release_summary(access: Access) -> ReleaseSummaryRow:
    """One row, the open release."""
    return cast("ReleaseSummaryRow", access.ask("release_summary", Scope()).to_pylist()[0])


def social_condition(access: Access, scope: Scope) -> SocialConditionRow:
    """One row, the scope."""
    return cast("SocialConditionRow", access.ask("social_condition", scope).to_pylist()[0])


def social_share_by_client(access: Access, scope: Scope) -> list[SocialShareByClientRow]:
    """One row per client that notified a contract in scope; then one row with a NULL client for all buyers that are no clients."""
    return cast("list[SocialShareByClientRow]", access.ask("social_share_by_client", scope).to_pylist())


def social_share_by_year(access: Access, scope: Scope) -> list[SocialShareByYearRow]:
    """One row per year of notification, from the first to the last one of the DECP, within the years of the scope; then one with a NULL year when contracts have no date of notification."""
    return cast("list[SocialShareByYearRow]", access.ask("social_share_by_year", scope).to_pylist())


def spaser_indicators_by_year(access: Access, scope: Scope) -> list[SpaserIndicatorsByYearRow]:
    """One row per year of notification, from the first to the last one of the DECP, within the years of the scope; then one with a NULL year when contracts have no date of notification."""
    return cast("list[SpaserIndicatorsByYearRow]", access.ask("spaser_indicators_by_year", scope).to_pylist())


def spaser_indicators_by_year_and_client(access: Access, scope: Scope) -> list[SpaserIndicatorsByYearAndClientRow]:
    """One row per year of notification and client that notified a contract in scope; a NULL client for all buyers that are no clients, a NULL year for contracts without a date of notification."""
    return cast("list[SpaserIndicatorsByYearAndClientRow]", access.ask("spaser_indicators_by_year_and_client", scope).to_pylist())


def totals(access: Access, scope: Scope) -> TotalsRow:
    """One row, the scope."""
    return cast("TotalsRow", access.ask("totals", scope).to_pylist()[0])


def totals_reconciled(access: Access, scope: Scope) -> list[TotalsReconciledRow]:
    """One row per step, from the hours published to the total of the pages, then to the running total of the curve."""
    return cast("list[TotalsReconciledRow]", access.ask("totals_reconciled", scope).to_pylist())


def years_compared(access: Access, scope: Scope, compared: str = "") -> list[YearsComparedRow]:
    """One row per compared year and calendar month that is complete in all of them."""
    return cast("list[YearsComparedRow]", access.ask("years_compared", scope, compared=compared).to_pylist())


if __name__ == "__main__":
    import sys

    from queries.row_types import main

    sys.exit(main())
