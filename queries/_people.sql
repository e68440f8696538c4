-- Persons and their exits under the filters. Every question that counts persons reads here and gives, beside each count, the
-- fingerprint of the persons counted (persons_key): what hides small counts needs it, and it never leaves.
-- Filters on years narrow hours to the years worked, and exits to the years in which persons left.
--
-- Counting distinct persons by grouping them took five times the processor of reading them (10 million lines, 634 thousand
-- persons: 200 ms against 36). So people_years is written in their order, and a plain person, none of whose rows is below 0, is
-- counted at the first row that filters leave: the one whose person is not that of the row before. An empty OVER keeps the
-- order of a single table, filtered or not: DuckDB promises it ("Order preservation"). The few others are grouped. Work contracts
-- alike.

-- One row per person, year, employer_kind and set of lots that filters cannot tell apart.
CREATE MACRO people_hours_in_scope(scope) AS TABLE
  SELECT *
  FROM people_years
  WHERE
    lot_matches(
      scope, client_id, client_type, clause_category, execution_commune, sector, programme, facilitator_code, counts_in_total
    )
    AND employer_matches(scope, employer_kind)
    AND year_matches(scope, year);

-- One or several rows per person who worked in the scope. is_first: one row of each person whose accepted hours in the scope are
-- above 0; is_first_of_year: one row of each person and year in which they are. hours_validated adds up to those of the first.
CREATE MACRO persons_in_scope(scope) AS TABLE
  WITH plain AS (
    SELECT
      *,
      lag(person_no) OVER () AS person_before,
      lag(year) OVER () AS year_before
    FROM people_hours_in_scope(scope)
    WHERE is_plain
  ),

  corrected AS (
    SELECT
      person_key,
      profile_no,
      residence_commune,
      entry_year,
      year,
      sum(hours_validated) AS hours_of_year,
      sum(sum(hours_validated)) OVER (PARTITION BY person_no) AS hours_of_person,
      row_number() OVER (PARTITION BY person_no ORDER BY year) AS nth
    FROM people_hours_in_scope(scope)
    WHERE NOT is_plain
    GROUP BY person_no, person_key, profile_no, residence_commune, entry_year, year
  )

  SELECT
    person_key,
    profile_no,
    residence_commune,
    entry_year,
    year,
    hours_validated,
    coalesce(person_before <> person_no, TRUE) AS is_first,
    coalesce(person_before <> person_no OR year_before <> year, TRUE) AS is_first_of_year
  FROM plain
  UNION ALL
  SELECT
    person_key,
    profile_no,
    residence_commune,
    entry_year,
    year,
    -- The type of the others: wider numbers would be slower for all.
    CAST(CASE WHEN hours_of_person > 0 THEN hours_of_year ELSE 0 END AS DECIMAL(18, 2)) AS hours_validated,
    hours_of_person > 0 AND nth = 1 AS is_first,
    hours_of_year > 0 AS is_first_of_year
  FROM corrected;

-- One row per work contract, year, employer_kind and set of lots that filters cannot tell apart.
CREATE MACRO work_contract_hours_in_scope(scope) AS TABLE
  SELECT *
  FROM work_contract_years
  WHERE
    lot_matches(
      scope, client_id, client_type, clause_category, execution_commune, sector, programme, facilitator_code, counts_in_total
    )
    AND employer_matches(scope, employer_kind)
    AND year_matches(scope, year);

-- One row per work contract whose accepted hours in the scope are above 0.
CREATE MACRO work_contracts_in_scope(scope) AS TABLE
  WITH plain AS (
    SELECT
      work_contract_no,
      lag(work_contract_no) OVER () AS work_contract_before
    FROM work_contract_hours_in_scope(scope)
    WHERE is_plain
  )

  SELECT work_contract_no
  FROM plain
  WHERE coalesce(work_contract_before <> work_contract_no, TRUE)
  UNION ALL
  SELECT work_contract_no
  FROM work_contract_hours_in_scope(scope)
  WHERE NOT is_plain
  GROUP BY work_contract_no
  HAVING sum(hours_validated) > 0;

-- One row per person who left and moment at which that is due to be observed.
CREATE MACRO exits_in_scope(scope) AS TABLE
  SELECT * REPLACE (nullif(employer_kind, 'unknown') AS employer_kind)
  FROM exits
  WHERE
    lot_matches(
      scope, client_id, client_type, clause_category, execution_commune, sector, programme, facilitator_code, counts_in_total
    )
    AND employer_matches(scope, employer_kind)
    AND year_matches(scope, exit_year);
