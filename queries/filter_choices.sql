-- Quels choix de filtre mènent à des données, et à combien d’heures ?
-- Grain: one row per filter of the form × value that has hours, validated or pending, under all the other filters
-- Columns:
--   field VARCHAR: field of the scope
--   value VARCHAR: value of the filter; 'none' for the rows where the column is empty
--   hours DECIMAL(38,2) h: validated and pending hours under the other filters and this value
-- Order: field, value
-- Note: one pass over the rollup; a group of hours belongs to the choices of a filter when no other filter shuts it out.
SELECT
  choices.field,
  choices.value,
  sum(choices.hours) AS hours
FROM choices_in_scope($scope, $rights) AS choices
GROUP BY choices.field, choices.value
HAVING sum(choices.hours) <> 0
ORDER BY choices.field, choices.value;
