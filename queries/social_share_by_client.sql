-- Quelle part des marchés notifiés par chaque acheteur comporte une considération sociale ?
-- Grain: one row per client that notified a contract in scope; then one row with a NULL client for all buyers that are no clients
-- Columns:
--   client_id VARCHAR?: its stable code; NULL for the buyers that no client of the extract stands for
--   client_name VARCHAR?: its name
--   client_type VARCHAR?: code of its type
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
--   buyers BIGINT buyers: distinct SIRET
--   is_own BOOLEAN: whether the client is the authority itself
-- Order: client_type, client_name (on the town’s name), client_id; the buyers that are no clients last
-- Note: a buyer is a client by its SIRET, else by its SIREN when a single client has it; alphabetical within the type, not a
--   league table.
SELECT
  in_scope.client_id,
  min(in_scope.client_name) AS client_name,
  min(in_scope.client_type) AS client_type,
  count(CASE WHEN in_scope.has_social THEN 1 END) AS contracts_social,
  count(*) AS contracts,
  CASE
    WHEN count(in_scope.has_social) > 0 THEN ratio(count(CASE WHEN in_scope.has_social THEN 1 END), count(*))
  END AS social_ratio,
  count(CASE WHEN in_scope.has_social IS NULL THEN 1 END) AS contracts_unknown,
  count(in_scope.has_social) AS contracts_known,
  ratio(count(CASE WHEN in_scope.has_social THEN 1 END), count(in_scope.has_social)) AS said_ratio,
  coalesce(sum(CASE WHEN in_scope.has_social THEN in_scope.notified_eur END), 0) AS amount_social_eur,
  coalesce(sum(in_scope.notified_eur), 0) AS amount_notified_eur,
  CASE
    WHEN sum(CASE WHEN in_scope.has_social IS NOT NULL THEN in_scope.notified_eur END) > 0
      THEN ratio(coalesce(sum(CASE WHEN in_scope.has_social THEN in_scope.notified_eur END), 0), sum(in_scope.notified_eur))
  END AS social_amount_ratio,
  count(CASE WHEN in_scope.notified_eur IS NULL THEN 1 END) AS contracts_valueless,
  count(DISTINCT in_scope.buyer_siret) AS buyers,
  coalesce(list_contains(any_value(settings.own_clients), in_scope.client_id), FALSE) AS is_own
FROM notified_in_scope($scope, $rights) AS in_scope
CROSS JOIN settings
GROUP BY in_scope.client_id
ORDER BY client_type NULLS LAST, sorting_name(min(in_scope.client_name)) NULLS LAST, in_scope.client_id;
