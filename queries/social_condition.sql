-- Combien de marchés au-dessus des seuils européens comportent une condition sociale depuis qu’elle est obligatoire ?
-- Grain: one row, the scope
-- Columns:
--   obliged_from DATE day: since when the obligation holds
--   last_notified DATE? day: last notification of the scope, whenever; NULL without contracts
--   contracts BIGINT contracts: contracts notified in scope, whenever and whatever their amount
--   contracts_social BIGINT contracts: of these, those that say they have a social consideration
--   contracts_known BIGINT contracts: those that say whether they have one
--   contracts_unknown BIGINT contracts: those that do not say
--   social_ratio DOUBLE? ratio: with a social consideration, over all contracts notified; NULL when none says
--   said_ratio DOUBLE? ratio: with a social consideration, over those that say; NULL when none does
--   amount_social_eur DECIMAL(38,2) eur: amounts at notification of those with a social consideration
--   amount_notified_eur DECIMAL(38,2) eur: of all contracts notified in scope
--   social_amount_ratio DOUBLE? ratio: share in value; NULL when no contract with an amount says
--   contracts_valueless BIGINT contracts: those without an amount, or of 0 euros: in number only
--   contracts_obliged BIGINT contracts: of those notified since then, above the threshold that may apply to them
--   contracts_with_clause BIGINT contracts: of these, with a social clause
--   contracts_with_other BIGINT contracts: with a social consideration other than a condition of execution
--   contracts_without BIGINT contracts: without any social consideration
--   contracts_unsaid BIGINT contracts: that say nothing
--   contracts_doubtful BIGINT contracts: of the obliged ones without a clause, those not certain to be above
--   contracts_without_amount BIGINT contracts: notified since then, of unknown amount, so above or below is unknown
-- Order: a single row
-- Note: thresholds and date are those of data/reference; a social clause is what the DECP call "Clause sociale".
SELECT
  any_value(social_obligation.start_on) AS obliged_from,
  max(in_scope.notified_on) AS last_notified,
  count(in_scope.contract_ref) AS contracts,
  count(CASE WHEN in_scope.has_social THEN 1 END) AS contracts_social,
  count(in_scope.has_social) AS contracts_known,
  count(CASE WHEN in_scope.has_social IS NULL THEN in_scope.contract_ref END) AS contracts_unknown,
  CASE
    WHEN count(in_scope.has_social) > 0
      THEN ratio(count(CASE WHEN in_scope.has_social THEN 1 END), count(in_scope.contract_ref))
  END AS social_ratio,
  ratio(count(CASE WHEN in_scope.has_social THEN 1 END), count(in_scope.has_social)) AS said_ratio,
  coalesce(sum(CASE WHEN in_scope.has_social THEN in_scope.notified_eur END), 0) AS amount_social_eur,
  coalesce(sum(in_scope.notified_eur), 0) AS amount_notified_eur,
  CASE
    WHEN sum(CASE WHEN in_scope.has_social IS NOT NULL THEN in_scope.notified_eur END) > 0
      THEN ratio(coalesce(sum(CASE WHEN in_scope.has_social THEN in_scope.notified_eur END), 0), sum(in_scope.notified_eur))
  END AS social_amount_ratio,
  count(CASE WHEN in_scope.contract_ref IS NOT NULL AND in_scope.notified_eur IS NULL THEN 1 END) AS contracts_valueless,
  count(CASE WHEN in_scope.is_obliged AND in_scope.is_above THEN 1 END) AS contracts_obliged,
  count(CASE WHEN in_scope.is_obliged AND in_scope.is_above AND in_scope.condition = 'clause' THEN 1 END)
    AS contracts_with_clause,
  count(CASE WHEN in_scope.is_obliged AND in_scope.is_above AND in_scope.condition IN ('other', 'unspecified') THEN 1 END)
    AS contracts_with_other,
  count(CASE WHEN in_scope.is_obliged AND in_scope.is_above AND in_scope.condition = 'none' THEN 1 END)
    AS contracts_without,
  count(CASE WHEN in_scope.is_obliged AND in_scope.is_above AND in_scope.condition = 'unsaid' THEN 1 END)
    AS contracts_unsaid,
  count(
    CASE WHEN in_scope.is_obliged AND in_scope.is_above AND in_scope.condition <> 'clause' THEN in_scope.doubt END
  ) AS contracts_doubtful,
  count(CASE WHEN in_scope.is_obliged AND in_scope.is_above IS NULL THEN 1 END) AS contracts_without_amount
FROM social_obligation
LEFT JOIN notified_in_scope($scope, $rights) AS in_scope ON TRUE;
