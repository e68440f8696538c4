-- The contracts notified, as published, from the rows of every DECP source. See data/release/labelled_sql.py.

-- name: notified
-- Grain: one row per contract notified: per buyer and number. The same one may come several times: in the JSON and in the
-- table, a row for each of its holders, a row for each modification. Each column keeps the last value that is given, in the
-- order of the modifications, then of the dates, then of the amounts, then of the sources; the date of notification and the
-- initial amount keep the first. The order of the rows of a file never matters: it is not that of time. Rows without a buyer
-- or a number are anomalies.
CREATE TABLE notified AS
WITH versions AS (
  SELECT
    *,
    -- Tables number the version of each row; a JSON gives a contract once, with how many modifications it has had.
    coalesce(modification, 0) AS version_rank,
    coalesce(initial_amount_eur, CASE WHEN coalesce(modification, 0) = 0 THEN amount_eur END) AS first_amount_eur
  FROM notified_read
  WHERE contract_ref IS NOT NULL AND buyer_siret IS NOT NULL
),

ordered AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY contract_ref, buyer_siret
      ORDER BY
        version_rank, notified_on NULLS FIRST, amount_eur NULLS FIRST, origin,
        subject, nature, procedure, cpv_code, buyer_name, considerations, source_row
    ) AS version_no
  FROM versions
),

merged AS (
  SELECT
    contract_ref,
    buyer_siret,
    last(buyer_name ORDER BY version_no) FILTER (WHERE buyer_name IS NOT NULL) AS buyer_name,
    last(subject ORDER BY version_no) FILTER (WHERE subject IS NOT NULL) AS subject,
    last(nature ORDER BY version_no) FILTER (WHERE nature IS NOT NULL) AS nature,
    last(procedure ORDER BY version_no) FILTER (WHERE procedure IS NOT NULL) AS procedure,
    last(cpv_code ORDER BY version_no) FILTER (WHERE cpv_code IS NOT NULL) AS cpv_code,
    last(amount_eur ORDER BY version_no) FILTER (WHERE amount_eur IS NOT NULL) AS amount_eur,
    first(first_amount_eur ORDER BY version_no) FILTER (WHERE first_amount_eur IS NOT NULL) AS initial_amount_eur,
    min(notified_on) AS notified_on,
    last(considerations ORDER BY version_no) FILTER (WHERE len(considerations) > 0) AS considerations,
    max(version_rank) AS modification
  FROM ordered
  GROUP BY contract_ref, buyer_siret
)

SELECT
  *,
  CASE
    WHEN regexp_matches(strip_accents(lower(nature)), 'concession|delegation de service public') THEN 'concession'
    WHEN starts_with(cpv_code, '45') THEN 'works'
    WHEN regexp_full_match(cpv_code, '[0-9]{8}(-[0-9])?') THEN 'supplies_services'
  END AS threshold_kind,
  -- "Pas de considération sociale" beside another consideration is taken for a slip: what is named counts.
  len(list_filter(considerations, LAMBDA item: item <> 'Pas de considération sociale')) > 0 AS has_social
FROM merged
ORDER BY notified_on, buyer_siret, contract_ref;
