-- Que dit l’autorité de ses chiffres ?
-- Grain: one row per comment that the reader may see
-- Columns:
--   scope_kind VARCHAR: what it is about: all, client, lot, commune, year
--   scope_code VARCHAR?: its code: of the client, contract/lot, INSEE, year; NULL for all
--   period VARCHAR?: the period, as it is written
--   text VARCHAR: the comment
--   author_role VARCHAR?: who wrote it, by function
--   written_on DATE? day: when
--   kind VARCHAR?: highlight, explanation, decision
-- Order: written_on descending, scope_kind, scope_code, text
-- Note: the filters do not apply, the rights of the reader do. Those of the release and those written on the pages.
SELECT
  scope_kind,
  scope_code,
  period,
  text,
  author_role,
  written_on,
  kind
FROM comments_in_scope($rights)
ORDER BY written_on DESC NULLS LAST, scope_kind ASC, scope_code ASC, text ASC, period ASC;
