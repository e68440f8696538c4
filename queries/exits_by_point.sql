-- Que deviennent les personnes à la sortie, à 6 mois et à 12 mois ?
-- Grain: one row per population, moment of observation and outcome, then one for all outcomes of the moment
-- Columns:
--   population VARCHAR?: the value of the filter that the exits are of; NULL for everything
--   outcome_point VARCHAR: exit, m6 or m12
--   exit_outcome VARCHAR: durable, transition, positive, chomage, inactif, autre, inconnu; total for all of them
--   participants BIGINT? persons: participants who left, due to be observed at that moment
--   is_total BOOLEAN: whether the row is that of all outcomes of the moment
-- Order: by population and moment, the row of all outcomes first
-- Note: a participant leaves once, by the last exit stated; an exit after the data date is none, and who has hours in a
--   later month is back. What was due and not observed is unknown (inconnu). The row of all outcomes at the moment exit counts
--   all who left; fewer are due at 6 months, and fewer at 12.
SELECT
  population,
  moment AS outcome_point,
  CASE axis WHEN 'exits' THEN 'total' ELSE category END AS exit_outcome,
  participants,
  axis = 'exits' AS is_total
FROM persons_of($populations)
WHERE axis IN ('exits', 'exit_outcome')
ORDER BY population ASC NULLS FIRST, outcome_point ASC, is_total DESC, exit_outcome ASC;
