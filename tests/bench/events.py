"""A history for the desk made by arithmetic: status, groups that hand on, and priorities that change."""

# From `tickets` alone, so that the same tickets always have the same history.
EVENTS_SQL = """
WITH numbered AS (
  SELECT *, hash(ticket_id) AS chance, COALESCE(resolved_at, closed_at) AS last_at,
    COALESCE(resolved_at, closed_at, TIMESTAMP '2026-06-30 18:00:00') - opened_at AS life
  FROM tickets
), events AS (
  SELECT ticket_id, source, opened_at AS happened_at, 'status' AS field, NULL AS old_value, 'in_progress' AS new_value
  FROM numbered
  UNION ALL
  SELECT ticket_id, source, opened_at + life / 2, 'status', 'in_progress', 'pending' FROM numbered WHERE chance % 5 = 0
  UNION ALL
  SELECT ticket_id, source, last_at, 'status', CASE WHEN chance % 5 = 0 THEN 'pending' ELSE 'in_progress' END,
    CASE WHEN status = 'closed' THEN 'resolved' ELSE status END
  FROM numbered WHERE last_at IS NOT NULL
  UNION ALL
  SELECT ticket_id, source, opened_at, 'assignment_group', NULL,
    CASE WHEN reassignment_count = 0 THEN assignment_group ELSE 'Group 01' END
  FROM numbered
  UNION ALL
  SELECT ticket_id, source, opened_at + life / 4, 'assignment_group', 'Group 01', 'Group 02'
  FROM numbered WHERE reassignment_count > 1
  UNION ALL
  SELECT ticket_id, source, opened_at + life / 3, 'assignment_group',
    CASE WHEN reassignment_count > 1 THEN 'Group 02' ELSE 'Group 01' END, assignment_group
  FROM numbered WHERE reassignment_count > 0
  UNION ALL
  SELECT ticket_id, source, opened_at, 'priority', NULL, CAST(1 + (priority + chance % 2) % 5 AS VARCHAR)
  FROM numbered WHERE chance % 10 = 0
  UNION ALL
  SELECT ticket_id, source, opened_at + life / 3, 'priority', CAST(1 + (priority + chance % 2) % 5 AS VARCHAR),
    CAST(priority AS VARCHAR)
  FROM numbered WHERE chance % 10 = 0
)
SELECT * FROM events"""
