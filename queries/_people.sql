-- Persons and their exits under the filters. Every question that counts persons reads here and gives, beside each count, the
-- fingerprint of the persons counted (persons_key): what hides small counts needs it, and it never leaves.
-- Filters on years narrow hours to the years worked, and exits to the years in which persons left.

-- One row per person, work contract, year, employer_kind, work_contract_type and set of lots that filters cannot tell apart.
CREATE MACRO people_hours_in_scope(scope) AS TABLE
  SELECT *
  FROM people_years
  WHERE
    lot_matches(
      scope, client_id, client_type, clause_category, execution_commune, sector, programme, facilitator_code, counts_in_total
    )
    AND employer_matches(scope, employer_kind)
    AND year_matches(scope, year);

-- One row per person whose accepted hours in the scope are above 0: those hours, and what is known of the person.
CREATE MACRO persons_in_scope(scope) AS TABLE
  WITH hours_by_person AS (
    SELECT
      person_no,
      sum(hours_validated) AS hours_validated
    FROM people_hours_in_scope(scope)
    WHERE person_no IS NOT NULL
    GROUP BY person_no
    HAVING sum(hours_validated) > 0
  )

  SELECT
    people.*,
    hours_by_person.hours_validated
  FROM hours_by_person
  INNER JOIN people ON hours_by_person.person_no = people.person_no;

-- One row per person who left and moment at which that is due to be observed. scope_key: fingerprint of all persons of the scope,
-- those who have not left included; what is published of exits must not tell who has (queries/disclosure.py).
CREATE MACRO exits_in_scope(scope) AS TABLE
  WITH everybody AS (
    SELECT coalesce(persons_key(person_key), 0) AS scope_key
    FROM persons_in_scope(scope)
  )

  SELECT
    everybody.scope_key,
    exits.* REPLACE (nullif(exits.employer_kind, 'unknown') AS employer_kind),
    CASE
      WHEN exits.exit_outcome = 'durable' THEN 'durable'
      WHEN exits.exit_outcome IN ('transition', 'positive') THEN 'other_dynamic'
      WHEN exits.exit_outcome = 'inconnu' THEN 'unknown'
      ELSE 'other_known'
    END AS outcome_group,
    CASE
      WHEN exits.months_to_exit < 3 THEN '0-2'
      WHEN exits.months_to_exit < 6 THEN '3-5'
      WHEN exits.months_to_exit < 12 THEN '6-11'
      WHEN exits.months_to_exit < 24 THEN '12-23'
      ELSE '24+'
    END AS duration_band
  FROM exits
  CROSS JOIN everybody
  WHERE
    lot_matches(
      scope, exits.client_id, exits.client_type, exits.clause_category, exits.execution_commune, exits.sector, exits.programme,
      exits.facilitator_code, exits.counts_in_total
    )
    AND employer_matches(scope, exits.employer_kind)
    AND year_matches(scope, exits.exit_year);
