-- What each structure of an observatory has declared, and where its territory is.

-- One row per structure: when its hours in scope begin and end, and those of the last whole year. That year is one for all: the
-- last in the years of the scope whose December is complete at the data date of the release. whole_year_hours is NULL for a
-- structure whose hours begin after its January, or whose own data end before its December is complete.
CREATE MACRO structures_dated(scope) AS TABLE
  WITH whole_year AS (
    SELECT max(year) AS year
    FROM months
    WHERE month(month) = 12 AND NOT provisional AND year_matches(scope, year)
  ),

  history AS (
    SELECT
      in_scope.structure,
      min(in_scope.month) AS begins,
      min(CASE WHEN year_matches(scope, in_scope.year) THEN in_scope.month END) AS first_month,
      max(in_scope.month) AS last_month,
      sum(CASE WHEN in_scope.year = whole_year.year THEN in_scope.hours_validated ELSE 0 END) AS whole_year_hours
    FROM history_in_scope(scope) AS in_scope
    CROSS JOIN whole_year
    GROUP BY in_scope.structure
  )

  SELECT
    structures.*,
    history.first_month,
    history.last_month,
    date_diff('month', history.last_month, release.data_as_of) AS months_late,
    settings.late_after_months,
    whole_year.year AS whole_year,
    CASE
      WHEN
        history.begins <= make_date(whole_year.year, 1, 1)
        AND last_complete_month(structures.data_as_of, settings.declaration_lag_months) >= make_date(whole_year.year, 12, 1)
        THEN history.whole_year_hours
    END AS whole_year_hours
  FROM structures
  CROSS JOIN whole_year
  CROSS JOIN release
  CROSS JOIN settings
  LEFT JOIN history ON structures.structure = history.structure;

-- One row per commune that the release names; its population is NULL outside the territory of the scope. That is the territory of
-- the structures that a filter keeps, where each of them has one, so that their hours are divided by their own inhabitants; else
-- the whole.
CREATE MACRO communes_in_scope(scope) AS TABLE
  WITH structure_in_scope AS (
    SELECT
      structure,
      population,
      structure_matches(scope, structures) AS is_kept
    FROM structures
  ),

  filtered AS (
    SELECT
      count(CASE WHEN is_kept THEN 1 END) BETWEEN 1 AND count(*) - 1
      AND count(CASE WHEN is_kept AND population IS NULL THEN 1 END) = 0 AS is_narrower
    FROM structure_in_scope
  ),

  territory AS (
    SELECT DISTINCT structure_communes.commune
    FROM structure_communes
    INNER JOIN structure_in_scope ON structure_communes.structure = structure_in_scope.structure
    WHERE structure_in_scope.is_kept
  )

  SELECT
    communes.commune,
    communes.commune_name,
    CASE WHEN NOT filtered.is_narrower OR territory.commune IS NOT NULL THEN communes.population END AS population
  FROM communes
  CROSS JOIN filtered
  LEFT JOIN territory ON communes.commune = territory.commune;
