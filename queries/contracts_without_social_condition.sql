-- Quels marchés au-dessus des seuils européens ne comportent pas la condition sociale devenue obligatoire ?
-- Grain: one row per contract notified since the obligation, above the lowest European threshold that may apply to it, whose
--   DECP do not tell a social clause
-- Columns:
--   contract_ref VARCHAR: its number in the DECP
--   buyer_siret VARCHAR: SIRET of the buyer
--   buyer_name VARCHAR: the client's name, else the buyer's in the DECP, else its SIRET
--   client_id VARCHAR?: the client's stable code; NULL when the buyer is no client
--   client_type VARCHAR?: code of the client's type
--   subject VARCHAR?: what is bought
--   nature VARCHAR?: as written
--   procedure VARCHAR?: as written
--   threshold_kind VARCHAR?: works, supplies_services or concession; NULL when neither nature nor CPV code tells
--   amount_eur DECIMAL(14,2) eur: the amount compared: the initial one when it is known
--   threshold_eur BIGINT eur: the threshold it is compared to
--   notified_on DATE day: first notification
--   considerations VARCHAR[]?: as the DECP tell them
--   condition VARCHAR: none, other, unspecified or unsaid
--   doubt VARCHAR?: why it is not certain that the contract is above: kind, buyer, concession or dated; NULL when it is
-- Order: certain ones first, then those without any consideration, then the largest; buyer_siret, contract_ref
-- Note: to be looked at, not faults: the law allows reasoned exceptions and holds for consultations begun since, which the
--   DECP do not date.
SELECT
  contract_ref,
  buyer_siret,
  coalesce(client_name, buyer_name, buyer_siret) AS buyer_name,
  client_id,
  client_type,
  subject,
  nature,
  procedure,
  threshold_kind,
  compared_eur AS amount_eur,
  threshold_eur,
  notified_on,
  considerations,
  condition,
  doubt
FROM notified_in_scope($scope, $rights)
WHERE is_obliged AND is_above AND condition <> 'clause'
ORDER BY
  doubt IS NOT NULL ASC,
  CASE condition WHEN 'none' THEN 1 WHEN 'unsaid' THEN 2 WHEN 'unspecified' THEN 3 ELSE 4 END ASC,
  compared_eur DESC,
  buyer_siret ASC,
  contract_ref ASC;
