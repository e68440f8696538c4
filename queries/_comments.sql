-- Comments: those of the release, and those written on the pages since (comments_written, filled for the cursor that asks).

-- One row per comment that the reader may see. Readers with all rights see all comments, others those of a client or a commune
-- seen whole and of the lots that they see.
CREATE MACRO comments_in_scope(rights) AS TABLE
  WITH every_comment AS (
    SELECT
      scope_kind,
      scope_code,
      period,
      text,
      author_role,
      written_on,
      kind
    FROM comments
    UNION ALL
    SELECT
      scope_kind,
      scope_code,
      period,
      text,
      author_role,
      written_on,
      kind
    FROM comments_written
  ),

  open_lots AS (
    SELECT concat(contract_id, '/', lot_id) AS code
    FROM lots_in_scope(rights)
  )

  SELECT *
  FROM every_comment
  WHERE
    is_whole(rights)
    OR (
      scope_kind = 'client'
      AND list_contains(rights['clients'], scope_code)
      AND rights['execution_communes'] IS NULL
      AND rights['facilitators'] IS NULL
      AND rights['structures'] IS NULL
    )
    OR (
      scope_kind = 'commune'
      AND list_contains(rights['execution_communes'], scope_code)
      AND rights['clients'] IS NULL
      AND rights['facilitators'] IS NULL
      AND rights['structures'] IS NULL
    )
    OR (
      scope_kind = 'lot'
      AND scope_code IN (
        SELECT open_lots.code
        FROM open_lots
      )
    );
