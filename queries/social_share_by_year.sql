-- Quelle part des marchés notifiés chaque année comporte une considération sociale ?
-- Grain: one row per year of notification, from the first to the last one of the DECP, within the years of the scope; then one
--   with a NULL year when contracts have no date of notification
-- Columns:
--   year INTEGER? year: year of notification
--   contracts_social BIGINT contracts: those that say they have a social consideration, the numerator
--   contracts BIGINT contracts: all contracts notified, the denominator
--   social_ratio DOUBLE? ratio: numerator over denominator; NULL when no contract says
--   contracts_unknown BIGINT contracts: those that do not say, kept in the denominator
--   contracts_known BIGINT contracts: those that say whether they have one
--   said_ratio DOUBLE? ratio: numerator over those that say; NULL when no contract does
--   amount_social_eur DECIMAL(38,2) eur: amounts at notification of the numerator
--   amount_notified_eur DECIMAL(38,2) eur: of the denominator; ceilings of framework agreements and values of concessions within
--   social_amount_ratio DOUBLE? ratio: share in value; NULL when no contract with an amount says
--   contracts_valueless BIGINT contracts: those without an amount, or of 0 euros: in number only
--   target_ratio DOUBLE? ratio: national target of the year or the next one ahead, the last one after that; NULL without any
--   target_year INTEGER? year: year of that target
--   target_status VARCHAR?: reached or missed; NULL when the year is not held against a target
--   national_ratio DOUBLE? ratio: national share of the year, where it is known
--   complete BOOLEAN?: whether the year is over at the data date
-- Order: year, the undated last
-- Note: contracts of the DECP, once each whatever their modifications; of the filters, those on years (of notification), clients
--   and client types apply. A target is held against its own year, once that is over, for the authority as a whole, on 30
--   contracts at least: anything else is a comparison, never a verdict.
WITH counted AS (
  SELECT
    year,
    count(CASE WHEN has_social THEN 1 END) AS contracts_social,
    count(has_social) AS contracts_known,
    count(*) AS contracts,
    count(CASE WHEN notified_eur IS NULL THEN 1 END) AS contracts_valueless,
    coalesce(sum(notified_eur), 0) AS amount_notified_eur,
    coalesce(sum(CASE WHEN has_social THEN notified_eur END), 0) AS amount_social_eur,
    sum(CASE WHEN has_social IS NOT NULL THEN notified_eur END) AS amount_known_eur
  FROM notified_in_scope($scope, $rights)
  GROUP BY year
),

year_in_scope AS (
  SELECT
    year,
    complete,
    target_ratio,
    target_year,
    national_ratio
  FROM notified_years
  WHERE year_matches($scope, year)
  UNION ALL
  SELECT
    year,
    CAST(NULL AS BOOLEAN) AS complete,
    CAST(NULL AS DOUBLE) AS target_ratio,
    CAST(NULL AS INTEGER) AS target_year,
    CAST(NULL AS DOUBLE) AS national_ratio
  FROM counted
  WHERE year IS NULL
)

SELECT
  year_in_scope.year,
  coalesce(counted.contracts_social, 0) AS contracts_social,
  coalesce(counted.contracts, 0) AS contracts,
  CASE WHEN counted.contracts_known > 0 THEN ratio(counted.contracts_social, counted.contracts) END AS social_ratio,
  coalesce(counted.contracts - counted.contracts_known, 0) AS contracts_unknown,
  coalesce(counted.contracts_known, 0) AS contracts_known,
  ratio(counted.contracts_social, counted.contracts_known) AS said_ratio,
  coalesce(counted.amount_social_eur, 0) AS amount_social_eur,
  coalesce(counted.amount_notified_eur, 0) AS amount_notified_eur,
  CASE WHEN counted.amount_known_eur > 0 THEN ratio(counted.amount_social_eur, counted.amount_notified_eur) END
    AS social_amount_ratio,
  coalesce(counted.contracts_valueless, 0) AS contracts_valueless,
  year_in_scope.target_ratio,
  year_in_scope.target_year,
  CASE
    WHEN
      year_in_scope.year <> year_in_scope.target_year OR NOT year_in_scope.complete OR counted.contracts < 30
      OR counted.contracts_known = 0 OR NOT is_whole($scope) OR NOT is_whole($rights)
      THEN NULL
    WHEN ratio(counted.contracts_social, counted.contracts) >= year_in_scope.target_ratio THEN 'reached'
    WHEN ratio(counted.contracts_social, counted.contracts) < year_in_scope.target_ratio THEN 'missed'
  END AS target_status,
  year_in_scope.national_ratio,
  year_in_scope.complete
FROM year_in_scope
LEFT JOIN counted ON year_in_scope.year IS NOT DISTINCT FROM counted.year
ORDER BY year_in_scope.year NULLS LAST;
