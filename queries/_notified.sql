-- The contracts notified, as the DECP tell them, with their client, their European threshold and what they say of a social
-- condition. Run after _views.sql. The engine has created, besides what _views.sql names:
--   notified                                  notified.parquet, or no row when the release has no DECP source
--   eu_thresholds, social_obligation          one row per period of thresholds, one row: data/reference
--   national_targets, national_shares         one row per year with a target, with a known share: data/reference
--   spaser_thresholds                         one row per period of the yearly purchases that make a SPASER compulsory

-- One row per SIRET of a buyer that is a client of the extract: by its SIRET, else by its SIREN when a single client has that
-- one. A SIREN of the State is that of a whole ministry: it identifies nobody.
CREATE TABLE buyers AS
WITH client AS (
  SELECT
    client_id,
    min(client_name) AS client_name,
    min(client_type) AS client_type
  FROM lots
  GROUP BY client_id
),

client_of_siret AS (
  SELECT
    lots.client_siret,
    min(lots.client_id) AS client_id
  FROM lots
  WHERE lots.client_siret IS NOT NULL
  GROUP BY lots.client_siret
  HAVING count(DISTINCT lots.client_id) = 1
),

client_of_siren AS (
  SELECT
    substr(lots.client_siret, 1, 9) AS siren,
    min(lots.client_id) AS client_id
  FROM lots
  WHERE lots.client_siret IS NOT NULL AND lots.client_type <> 'etat'
  GROUP BY substr(lots.client_siret, 1, 9)
  HAVING count(DISTINCT lots.client_id) = 1
),

buyer AS (
  SELECT DISTINCT buyer_siret
  FROM notified
)

SELECT
  buyer.buyer_siret,
  client.client_id,
  client.client_name,
  client.client_type
FROM buyer
LEFT JOIN client_of_siret ON buyer.buyer_siret = client_of_siret.client_siret
LEFT JOIN client_of_siren ON substr(buyer.buyer_siret, 1, 9) = client_of_siren.siren
INNER JOIN client ON coalesce(client_of_siret.client_id, client_of_siren.client_id) = client.client_id;

-- One row per client and number of the DECP that a lot of the extract may stand for: its contract's, alone or with the lot's
-- after a hyphen. reserved_for: for whom it is reserved, NULL when lots of that number differ or none is.
CREATE TABLE lots_by_number AS
WITH numbered AS (
  SELECT
    client_id,
    contract_ref,
    clause_category,
    contract_form
  FROM lots
  WHERE contract_ref IS NOT NULL AND is_notified
  UNION ALL
  SELECT
    client_id,
    contract_ref || '-' || lot_id AS contract_ref,
    clause_category,
    contract_form
  FROM lots
  WHERE contract_ref IS NOT NULL AND is_notified
)

SELECT
  client_id,
  contract_ref,
  CASE
    WHEN count(DISTINCT CASE WHEN starts_with(clause_category, 'reserved_') THEN clause_category END) = 1
      THEN min(CASE WHEN starts_with(clause_category, 'reserved_') THEN clause_category END)
  END AS reserved_for,
  count(CASE WHEN contract_form = 'accord_cadre_bc' THEN 1 END) > 0 AS is_framework
FROM numbered
GROUP BY client_id, contract_ref;

-- One row per contract notified. notified_eur: what enters the sums, its amount at its notification; NULL when that is unknown
-- or 0, which buyers write for want of an amount. reserved_for: NULL unless the DECP say that it is reserved, 'unknown' when no
-- lot of the extract says for whom. is_framework: its amount is a ceiling.
-- threshold_eur: the lowest European threshold that may apply at its notification; the amount
-- compared is the initial one. doubt: why it is not certain that the contract is above it.
CREATE VIEW notified_contracts AS
WITH compared AS (
  SELECT
    notified.*,
    CAST(year(notified.notified_on) AS INTEGER) AS year,
    buyers.client_id,
    buyers.client_name,
    buyers.client_type,
    coalesce(notified.initial_amount_eur, notified.amount_eur) AS compared_eur,
    CASE
      WHEN list_contains(notified.considerations, 'Marché réservé') THEN coalesce(lots_by_number.reserved_for, 'unknown')
    END AS reserved_for,
    coalesce(lots_by_number.is_framework, FALSE) OR coalesce(lower(notified.nature) LIKE '%accord%cadre%', FALSE)
      AS is_framework,
    eu_thresholds.works_eur,
    eu_thresholds.local_eur,
    notified.notified_on > eu_thresholds.end_on AS is_outdated,
    coalesce(notified.notified_on >= social_obligation.start_on, FALSE) AS is_obliged,
    CASE
      WHEN notified.threshold_kind = 'works' THEN eu_thresholds.works_eur
      WHEN notified.threshold_kind = 'concession' THEN eu_thresholds.concessions_eur
      WHEN coalesce(buyers.client_type, 'etat') = 'etat' THEN eu_thresholds.state_eur
      ELSE eu_thresholds.local_eur
    END AS threshold_eur
  FROM notified
  CROSS JOIN social_obligation
  LEFT JOIN buyers ON notified.buyer_siret = buyers.buyer_siret
  LEFT JOIN lots_by_number
    ON buyers.client_id = lots_by_number.client_id AND notified.contract_ref = lots_by_number.contract_ref
  LEFT JOIN eu_thresholds
    ON
      notified.notified_on >= eu_thresholds.start_on
      AND (eu_thresholds.next_on IS NULL OR notified.notified_on < eu_thresholds.next_on)
)

SELECT
  *,
  CASE WHEN compared_eur > 0 THEN compared_eur END AS notified_eur,
  compared_eur >= threshold_eur AS is_above,
  CASE
    WHEN compared_eur IS NULL THEN 'amount'
    WHEN threshold_kind = 'concession' THEN 'concession'
    WHEN threshold_kind IS NULL AND compared_eur < works_eur THEN 'kind'
    WHEN client_id IS NULL AND threshold_kind = 'supplies_services' AND compared_eur < local_eur THEN 'buyer'
    WHEN is_outdated THEN 'dated'
  END AS doubt,
  CASE
    WHEN has_social IS NULL THEN 'unsaid'
    WHEN list_contains(considerations, 'Clause sociale') THEN 'clause'
    WHEN list_contains(considerations, 'Oui') THEN 'unspecified'
    WHEN has_social THEN 'other'
    ELSE 'none'
  END AS condition
FROM compared;
