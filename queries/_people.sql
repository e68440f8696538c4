-- Persons and their exits under the filters. Every question that counts persons reads here and gives, beside each count, the
-- fingerprint of the persons counted (persons_key): what hides small counts needs it, and it never leaves.
-- Filters on years narrow hours to the years worked, and exits to the years in which persons left.
--
-- Persons whom filters cannot tell apart lie in people_years as one group, and the groups in order. A plain group, none of whose
-- rows is below 0, is counted at the first row that filters leave: the one whose group is not that of the row before. An empty
-- OVER keeps the order of a single table, filtered or not: DuckDB promises it ("Order preservation"). The few others, each a
-- person alone, are summed first. Work contracts alike. (people_by_year at ten million lines, milliseconds of processor: 115
-- counting person by person, 13 by group in the demonstration, whose persons are copies of each other, 50 when each is given lots
-- and traits at random.)

-- One row per group of persons, year, employer_kind and set of lots that filters cannot tell apart. shared_fact: what persons of
-- a group have in common, entry_year, profile or residence_commune. All persons are there for each.
CREATE MACRO people_hours_in_scope(scope, shared_fact) AS TABLE
  SELECT *
  FROM people_years
  WHERE
    grouped_by = shared_fact
    AND lot_matches(scope, people_years)
    AND line_matches(scope, people_years)
    AND year_matches(scope, year);

-- One or several rows per group of persons who worked in the scope, and year. persons adds up to those whose accepted hours in
-- the scope are above 0, persons_of_year to those whose hours of the year are; beside them their fingerprints, NULL for none.
-- hours_validated adds up to the hours of the former.
CREATE MACRO persons_in_scope(scope, shared_fact) AS TABLE
  WITH plain AS (
    SELECT
      *,
      lag(group_no) OVER () AS group_before,
      lag(year) OVER () AS year_before
    FROM people_hours_in_scope(scope, shared_fact)
    WHERE is_plain
  ),

  corrected AS (
    SELECT
      persons,
      persons_key,
      entry_year,
      profile_no,
      residence_commune,
      year,
      sum(hours_validated) AS hours_of_year,
      sum(sum(hours_validated)) OVER (PARTITION BY group_no) AS hours_of_group,
      row_number() OVER (PARTITION BY group_no ORDER BY year) AS nth
    FROM people_hours_in_scope(scope, shared_fact)
    WHERE NOT is_plain
    GROUP BY group_no, persons, persons_key, entry_year, profile_no, residence_commune, year
  ),

  counted AS (
    SELECT
      persons,
      persons_key,
      entry_year,
      profile_no,
      residence_commune,
      year,
      hours_validated,
      coalesce(group_before <> group_no, TRUE) AS is_first,
      coalesce(group_before <> group_no OR year_before <> year, TRUE) AS is_first_of_year
    FROM plain
    UNION ALL
    SELECT
      persons,
      persons_key,
      entry_year,
      profile_no,
      residence_commune,
      year,
      -- The type of the others: wider numbers would be slower for all.
      CAST(CASE WHEN hours_of_group > 0 THEN hours_of_year ELSE 0 END AS DECIMAL(18, 2)) AS hours_validated,
      hours_of_group > 0 AND nth = 1 AS is_first,
      hours_of_year > 0 AS is_first_of_year
    FROM corrected
  )

  SELECT
    entry_year,
    profile_no,
    residence_commune,
    year,
    hours_validated,
    CASE WHEN is_first THEN persons ELSE 0 END AS persons,
    CASE WHEN is_first THEN persons_key END AS persons_key,
    CASE WHEN is_first_of_year THEN persons ELSE 0 END AS persons_of_year,
    CASE WHEN is_first_of_year THEN persons_key END AS persons_key_of_year
  FROM counted;

-- One row per group of work contracts, year, employer_kind and set of lots that filters cannot tell apart.
CREATE MACRO work_contract_hours_in_scope(scope) AS TABLE
  SELECT *
  FROM work_contract_years
  WHERE
    lot_matches(scope, work_contract_years)
    AND line_matches(scope, work_contract_years)
    AND year_matches(scope, year);

-- One row per group of work contracts whose accepted hours in the scope are above 0.
CREATE MACRO work_contracts_in_scope(scope) AS TABLE
  WITH plain AS (
    SELECT
      group_no,
      work_contracts,
      lag(group_no) OVER () AS group_before
    FROM work_contract_hours_in_scope(scope)
    WHERE is_plain
  )

  SELECT work_contracts
  FROM plain
  WHERE coalesce(group_before <> group_no, TRUE)
  UNION ALL
  SELECT any_value(work_contracts) AS work_contracts
  FROM work_contract_hours_in_scope(scope)
  WHERE NOT is_plain
  GROUP BY group_no
  HAVING sum(hours_validated) > 0;

-- One row per moment of observation and persons who left alike: they left once, so they add up.
CREATE MACRO exits_in_scope(scope) AS TABLE
  SELECT * REPLACE (nullif(employer_kind, 'unknown') AS employer_kind)
  FROM exits
  WHERE
    lot_matches(scope, exits)
    AND line_matches(scope, exits)
    AND year_matches(scope, exit_year);
