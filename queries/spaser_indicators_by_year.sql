-- Quels sont les indicateurs annuels du SPASER : part des considérations sociales en nombre et en valeur, marchés réservés ?
-- Grain: one row per year of notification, from the first to the last one of the DECP, within the years of the scope; then one
--   with a NULL year when contracts have no date of notification
-- Columns:
--   year INTEGER? year: year of notification
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
--   spaser_threshold_eur BIGINT? eur: yearly purchases that make a SPASER compulsory, at the end of the year
--   complete BOOLEAN?: whether the year is over at the data date
-- Order: year, the undated last
-- Note: contracts of the DECP, once each whatever their modifications; of the filters, those on years (of notification), clients
--   and client types apply. Amounts are those at notification, not spending: a framework agreement counts for its ceiling. The
--   DECP say that a contract is reserved, a lot of the extract with its number says for whom. No verdict: spending decides.
WITH summed AS (
  SELECT *
  FROM notified_sums_in_scope($scope, $rights)
),

year_in_scope AS (
  SELECT
    year,
    complete,
    spaser_threshold_eur
  FROM notified_years
  WHERE year_matches($scope, year)
  UNION ALL
  SELECT DISTINCT
    year,
    CAST(NULL AS BOOLEAN) AS complete,
    CAST(NULL AS BIGINT) AS spaser_threshold_eur
  FROM summed
  WHERE year IS NULL
)

SELECT
  year_in_scope.year,
  CAST(coalesce(sum(t.contracts), 0) AS BIGINT) AS contracts,
  CAST(coalesce(sum(t.contracts_social), 0) AS BIGINT) AS contracts_social,
  CAST(coalesce(sum(t.contracts - t.contracts_known), 0) AS BIGINT) AS contracts_unknown,
  CAST(coalesce(sum(t.contracts_unspecified), 0) AS BIGINT) AS contracts_unspecified,
  CASE WHEN sum(t.contracts_known) > 0 THEN ratio(sum(t.contracts_social), sum(t.contracts)) END AS social_ratio,
  CAST(coalesce(sum(t.amount_notified_eur), 0) AS DECIMAL(38, 2)) AS amount_notified_eur,
  CAST(coalesce(sum(t.amount_social_eur), 0) AS DECIMAL(38, 2)) AS amount_social_eur,
  CASE
    WHEN sum(t.amount_known_eur) > 0 THEN ratio(sum(t.amount_social_eur), sum(t.amount_notified_eur))
  END AS social_amount_ratio,
  CAST(coalesce(sum(t.contracts_valueless), 0) AS BIGINT) AS contracts_valueless,
  CAST(coalesce(sum(t.amount_framework_eur), 0) AS DECIMAL(38, 2)) AS amount_framework_eur,
  CAST(coalesce(sum(t.amount_concession_eur), 0) AS DECIMAL(38, 2)) AS amount_concession_eur,
  CAST(coalesce(sum(t.contracts_reserved), 0) AS BIGINT) AS contracts_reserved,
  CAST(coalesce(sum(t.amount_reserved_eur), 0) AS DECIMAL(38, 2)) AS amount_reserved_eur,
  CAST(coalesce(sum(t.contracts_reserved_iae), 0) AS BIGINT) AS contracts_reserved_iae,
  CAST(coalesce(sum(t.amount_reserved_iae_eur), 0) AS DECIMAL(38, 2)) AS amount_reserved_iae_eur,
  CAST(coalesce(sum(t.contracts_reserved_disability), 0) AS BIGINT) AS contracts_reserved_disability,
  CAST(coalesce(sum(t.amount_reserved_disability_eur), 0) AS DECIMAL(38, 2)) AS amount_reserved_disability_eur,
  CAST(coalesce(sum(t.contracts_reserved_other), 0) AS BIGINT) AS contracts_reserved_other,
  CAST(coalesce(sum(t.amount_reserved_other_eur), 0) AS DECIMAL(38, 2)) AS amount_reserved_other_eur,
  CAST(coalesce(sum(t.contracts_reserved_unknown), 0) AS BIGINT) AS contracts_reserved_unknown,
  CAST(coalesce(sum(t.amount_reserved_unknown_eur), 0) AS DECIMAL(38, 2)) AS amount_reserved_unknown_eur,
  year_in_scope.spaser_threshold_eur,
  year_in_scope.complete
FROM year_in_scope
LEFT JOIN summed AS t ON year_in_scope.year IS NOT DISTINCT FROM t.year
GROUP BY year_in_scope.year, year_in_scope.spaser_threshold_eur, year_in_scope.complete
ORDER BY year_in_scope.year NULLS LAST;
