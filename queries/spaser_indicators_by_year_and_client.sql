-- Quels sont les indicateurs annuels du SPASER de chaque acheteur ?
-- Grain: one row per year of notification and client that notified a contract in scope; a NULL client for all buyers that are no
--   clients, a NULL year for contracts without a date of notification
-- Columns:
--   year INTEGER? year: year of notification
--   client_id VARCHAR?: its stable code; NULL for the buyers that no client of the extract stands for
--   client_name VARCHAR?: its name
--   client_type VARCHAR?: code of its type
--   is_own BOOLEAN: whether the client is the authority itself
--   contracts BIGINT contracts: all contracts notified
--   contracts_social BIGINT contracts: those that say they have a social consideration
--   contracts_unknown BIGINT contracts: those that do not say, kept in both shares
--   contracts_unspecified BIGINT contracts: of those with one, those that do not say which: reserved or not, nobody knows
--   social_ratio DOUBLE? ratio: share in number; NULL when no contract says
--   amount_notified_eur DECIMAL(38,2) eur: amounts of all contracts at their notification, before tax
--   amount_social_eur DECIMAL(38,2) eur: of those with a social consideration
--   social_amount_ratio DOUBLE? ratio: share in value; NULL when no contract with an amount says
--   contracts_valueless BIGINT contracts: those without an amount, or of 0 euros: in number only
--   amount_framework_eur DECIMAL(38,2) eur: of the amounts, the known ceilings of framework agreements
--   amount_concession_eur DECIMAL(38,2) eur: of the amounts, the values of concessions, which are no purchases
--   contracts_reserved BIGINT contracts: those that the DECP say are reserved
--   amount_reserved_eur DECIMAL(38,2) eur: of these
--   contracts_reserved_iae BIGINT contracts: of these, reserved for inclusion companies (SIAE)
--   amount_reserved_iae_eur DECIMAL(38,2) eur: of these
--   contracts_reserved_disability BIGINT contracts: of these, reserved for EA/ESAT
--   amount_reserved_disability_eur DECIMAL(38,2) eur: of these
--   contracts_reserved_other BIGINT contracts: of these, reserved for companies of the social economy or in prisons
--   amount_reserved_other_eur DECIMAL(38,2) eur: of these
--   contracts_reserved_unknown BIGINT contracts: of these, reserved, the extract does not say for whom
--   amount_reserved_unknown_eur DECIMAL(38,2) eur: of these
--   spaser_threshold_eur BIGINT? eur: yearly purchases that make a SPASER compulsory; NULL for several buyers together
--   complete BOOLEAN?: whether the year is over at the data date
-- Order: year from the last one, the undated last; client_type, client_name (on the town’s name), client_id; no client last
-- Note: contracts of the DECP, once each whatever their modifications; of the filters, those on years (of notification), clients
--   and client types apply. Amounts are those at notification, not spending: a framework agreement counts for its ceiling. The
--   DECP say that a contract is reserved, a lot of the extract with its number says for whom. No verdict: spending decides.
SELECT
  summed.year,
  summed.client_id,
  summed.client_name,
  summed.client_type,
  coalesce(list_contains(settings.own_clients, summed.client_id), FALSE) AS is_own,
  summed.contracts,
  summed.contracts_social,
  summed.contracts - summed.contracts_known AS contracts_unknown,
  summed.contracts_unspecified,
  CASE WHEN summed.contracts_known > 0 THEN ratio(summed.contracts_social, summed.contracts) END AS social_ratio,
  summed.amount_notified_eur,
  summed.amount_social_eur,
  CASE
    WHEN summed.amount_known_eur > 0 THEN ratio(summed.amount_social_eur, summed.amount_notified_eur)
  END AS social_amount_ratio,
  summed.contracts_valueless,
  summed.amount_framework_eur,
  summed.amount_concession_eur,
  summed.contracts_reserved,
  summed.amount_reserved_eur,
  summed.contracts_reserved_iae,
  summed.amount_reserved_iae_eur,
  summed.contracts_reserved_disability,
  summed.amount_reserved_disability_eur,
  summed.contracts_reserved_other,
  summed.amount_reserved_other_eur,
  summed.contracts_reserved_unknown,
  summed.amount_reserved_unknown_eur,
  CASE WHEN summed.client_id IS NOT NULL THEN notified_years.spaser_threshold_eur END AS spaser_threshold_eur,
  notified_years.complete
FROM notified_sums_in_scope($scope, $rights) AS summed
CROSS JOIN settings
LEFT JOIN notified_years ON summed.year = notified_years.year
ORDER BY
  summed.year DESC NULLS LAST,
  summed.client_type ASC NULLS LAST,
  sorting_name(summed.client_name) ASC NULLS LAST,
  summed.client_id ASC;
