-- Participants and their exits: the publishable figures of a population, from persons.parquet; nothing is counted here.
-- $populations are those that the scope is (queries/secrecy/ladder.py), each a STRUCT of field, value VARCHAR, year INTEGER (NULL
-- for all years), include_uncounted BOOLEAN and public BOOLEAN, which reading of the numbers. For the shell, the table persons
-- counts one scope.

-- One row per population that is wanted; population is its value, NULL for everything.
CREATE MACRO wanted_populations(populations) AS TABLE
  SELECT
    wanted.*,
    nullif(wanted.value, '') AS population
  FROM (
    SELECT
      unnest(
        CAST(
          populations AS STRUCT(
            field VARCHAR, "value" VARCHAR, "year" INTEGER, include_uncounted BOOLEAN, "public" BOOLEAN
          )[]
        ),
        recursive := TRUE
      )
  ) AS wanted;

-- One row per population and cell. None of a population whose every number is hidden, nor of a commune or a year of entry whose
-- number is: a row that is there without its number would tell that they are more than those of which nothing is there.
CREATE MACRO persons_of(populations) AS TABLE
  WITH wanted_rows AS (
    SELECT
      wanted.population,
      persons.moment,
      persons.axis,
      persons.category,
      persons.outcome,
      CASE WHEN wanted.public THEN persons.participants_public ELSE persons.participants END AS participants,
      persons.hours_validated,
      persons.hours_share_ratio
    FROM wanted_populations(populations) AS wanted
    INNER JOIN persons
      ON
        wanted.field = persons.field
        AND wanted.value = persons.value
        AND wanted.year IS NOT DISTINCT FROM persons.year
        AND wanted.include_uncounted = persons.include_uncounted
  ),

  beside AS (
    SELECT
      *,
      max(participants) OVER (PARTITION BY population, moment = '') AS most_participants
    FROM wanted_rows
  )

  SELECT
    population,
    moment,
    axis,
    category,
    outcome,
    participants,
    CASE WHEN participants IS NOT NULL THEN hours_validated END AS hours_validated,
    CASE WHEN participants IS NOT NULL THEN hours_share_ratio END AS hours_share_ratio
  FROM beside
  WHERE
    most_participants IS NOT NULL
    AND (axis NOT IN ('residence_commune', 'entry_year') OR participants IS NOT NULL);

-- One row per population, year and presence: the same population in its years.
CREATE MACRO years_of(populations) AS TABLE
  SELECT
    wanted.population,
    persons.year,
    CASE persons.axis WHEN 'participants' THEN 'total' ELSE persons.category END AS presence,
    CASE WHEN wanted.public THEN persons.participants_public ELSE persons.participants END AS participants
  FROM wanted_populations(populations) AS wanted
  INNER JOIN persons
    ON
      wanted.field = persons.field
      AND wanted.value = persons.value
      AND persons.year IS NOT NULL
      AND (wanted.year IS NULL OR wanted.year = persons.year)
      AND wanted.include_uncounted = persons.include_uncounted
  WHERE persons.axis IN ('participants', 'presence');

-- One row per population, moment of observation and group of outcomes ('total' for all of them).
CREATE MACRO exits_of(populations) AS TABLE
  SELECT
    population,
    moment AS outcome_point,
    CASE axis WHEN 'exits' THEN 'total' ELSE category END AS outcome_group,
    participants
  FROM persons_of(populations)
  WHERE axis IN ('exits', 'outcome_group');

-- One row per value of another field within everything, moment and group of outcomes: the populations of those values, but those
-- whose every number is hidden. None under a filter, which would cross two fields.
CREATE MACRO exits_by_field(populations, other_field) AS TABLE
  WITH wanted_rows AS (
    SELECT
      persons.value,
      persons.moment AS outcome_point,
      CASE persons.axis WHEN 'exits' THEN 'total' ELSE persons.category END AS outcome_group,
      CASE WHEN wanted.public THEN persons.participants_public ELSE persons.participants END AS participants
    FROM wanted_populations(populations) AS wanted
    INNER JOIN persons
      ON
        persons.field = other_field
        AND wanted.year IS NOT DISTINCT FROM persons.year
        AND wanted.include_uncounted = persons.include_uncounted
    WHERE wanted.field = '' AND persons.axis IN ('exits', 'outcome_group')
  ),

  beside AS (
    SELECT
      *,
      max(participants) OVER (PARTITION BY value) AS most_participants
    FROM wanted_rows
  )

  SELECT
    value,
    outcome_point,
    outcome_group,
    participants
  FROM beside
  WHERE most_participants IS NOT NULL;
