-- Populations of the ladder, and who is in each: groups of equal participants (strata) and what they worked on.

-- name: strata
-- Grain: one row per lot, year and employer_kind of lot_years, those with hours or exits. stratum_no is the same for those that
-- filters cannot tell apart.
SELECT
  lot_years.contract_id,
  lot_years.lot_id,
  lot_years.year,
  lot_years.employer_kind,
  contracts.client_id,
  contracts.client_type,
  contracts.clause_category,
  contracts.execution_commune,
  contracts.sector,
  contracts.programme,
  contracts.facilitator_code,
  contracts.counts_in_total,
  contracts.structure,
  CAST(
    dense_rank() OVER (
      ORDER BY
        lot_years.year, lot_years.employer_kind, contracts.client_id, contracts.client_type, contracts.clause_category,
        contracts.execution_commune, contracts.sector, contracts.programme, contracts.facilitator_code, contracts.counts_in_total,
        contracts.structure
    ) AS INTEGER
  ) AS stratum_no
FROM lot_years
INNER JOIN contracts ON lot_years.contract_id = contracts.contract_id AND lot_years.lot_id = contracts.lot_id;

-- name: worked
-- Grain: one row per participant, work contract and stratum. Hours may be below 0, where a correction stands apart from what it
-- corrects. Lines that name neither a participant nor a work contract are not in it.
WITH work_contracts AS (
  SELECT
    work_contract_id,
    CAST(row_number() OVER (ORDER BY work_contract_id) AS INTEGER) AS work_contract_no
  FROM hours
  WHERE work_contract_id IS NOT NULL
  GROUP BY work_contract_id
),

-- Summed over the long names once, then named by numbers.
by_name AS (
  SELECT
    hours.participant_id,
    hours.work_contract_id,
    strata.stratum_no,
    CAST(sum(counted_hours(hours.status, hours.hours_validated)) AS DECIMAL(18, 2)) AS hours_validated
  FROM hours
  INNER JOIN strata
    ON
      hours.contract_id = strata.contract_id
      AND hours.lot_id = strata.lot_id
      AND year(hours.month) = strata.year
      AND hours.employer_kind IS NOT DISTINCT FROM strata.employer_kind
  WHERE hours.participant_id IS NOT NULL OR hours.work_contract_id IS NOT NULL
  GROUP BY hours.participant_id, hours.work_contract_id, strata.stratum_no
  HAVING sum(counted_hours(hours.status, hours.hours_validated)) <> 0
)

SELECT
  people.participant_no,
  work_contracts.work_contract_no,
  by_name.stratum_no,
  by_name.hours_validated
FROM by_name
LEFT JOIN people ON by_name.participant_id = people.participant_id
LEFT JOIN work_contracts ON by_name.work_contract_id = work_contracts.work_contract_id;

-- name: stratum_values
-- Grain: one row per stratum and field of the ladder. A structure is one only where several publish.
WITH listed AS (
  SELECT DISTINCT
    stratum_no,
    year,
    counts_in_total,
    unnest([
      { 'field': '', 'value': '' },
      { 'field': 'structures', 'value': structure },
      { 'field': 'clients', 'value': client_id },
      { 'field': 'client_types', 'value': client_type },
      { 'field': 'clause_categories', 'value': clause_category },
      { 'field': 'execution_communes', 'value': coalesce(execution_commune, 'none') },
      { 'field': 'sectors', 'value': coalesce(sector, 'none') },
      -- Whether it is left empty or stated as unknown, it is one value.
      { 'field': 'employer_kinds', 'value': coalesce(nullif(employer_kind, 'unknown'), 'none') },
      { 'field': 'programmes', 'value': coalesce(programme, 'none') },
      { 'field': 'facilitators', 'value': coalesce(facilitator_code, 'none') }
    ]) AS entry
  FROM strata
),

valued AS (
  SELECT
    listed.stratum_no,
    listed.year,
    listed.counts_in_total,
    listed.entry.field,
    listed.entry.value
  FROM listed
  WHERE listed.entry.value IS NOT NULL
)

SELECT valued.*
FROM valued
SEMI JOIN ladder ON valued.field = ladder.field;

-- name: populations
-- Grain: one row per population of the ladder; year is NULL for all years. same_as: the population of the same participants by
-- construction, where no lot is out of the total.
WITH grouped AS (
  SELECT
    stratum_values.field,
    stratum_values.value,
    stratum_values.year,
    bool_or(stratum_values.counts_in_total) AS has_counted,
    bool_or(NOT stratum_values.counts_in_total) AS has_uncounted,
    any_value(ladder.uncounted) AS uncounted
  FROM stratum_values
  INNER JOIN ladder ON stratum_values.field = ladder.field
  GROUP BY
    GROUPING SETS (
      (stratum_values.field, stratum_values.value), (stratum_values.field, stratum_values.value, stratum_values.year)
    )
  HAVING stratum_values.year IS NULL OR any_value(ladder.by_year)
),

numbered AS (
  SELECT
    CAST(
      row_number() OVER (ORDER BY grouped.field, grouped.value, grouped.year, flags.include_uncounted) AS INTEGER
    ) AS population_no,
    grouped.field,
    grouped.value,
    grouped.year,
    flags.include_uncounted,
    grouped.has_uncounted
  FROM grouped
  CROSS JOIN (VALUES (FALSE), (TRUE)) AS flags (include_uncounted)
  WHERE (NOT flags.include_uncounted AND grouped.has_counted) OR (flags.include_uncounted AND grouped.uncounted)
)

SELECT
  numbered.population_no,
  numbered.field,
  numbered.value,
  numbered.year,
  numbered.include_uncounted,
  counted.population_no AS same_as
FROM numbered
LEFT JOIN numbered AS counted
  ON
    numbered.include_uncounted
    AND NOT numbered.has_uncounted
    AND NOT counted.include_uncounted
    AND numbered.field = counted.field
    AND numbered.value = counted.value
    AND numbered.year IS NOT DISTINCT FROM counted.year;

-- name: stratum_populations
-- Grain: one row per stratum and population that it belongs to.
SELECT
  stratum_values.stratum_no,
  populations.population_no,
  populations.field
FROM stratum_values
INNER JOIN populations
  ON
    stratum_values.field = populations.field
    AND stratum_values.value = populations.value
    AND (populations.year IS NULL OR stratum_values.year = populations.year)
    AND (populations.include_uncounted OR stratum_values.counts_in_total)
WHERE populations.same_as IS NULL;

-- name: members
-- Grain: one row per population of some fields and participant whose accepted hours there sum to more than 0.
WITH chosen AS (
  SELECT
    stratum_no,
    population_no
  FROM stratum_populations
  WHERE list_contains($fields, field)
)

SELECT
  chosen.population_no,
  participant_strata.participant_no,
  CAST(sum(participant_strata.hours_validated) AS DECIMAL(18, 2)) AS hours_validated
FROM participant_strata
INNER JOIN chosen ON participant_strata.stratum_no = chosen.stratum_no
GROUP BY chosen.population_no, participant_strata.participant_no
HAVING sum(participant_strata.hours_validated) > 0;
