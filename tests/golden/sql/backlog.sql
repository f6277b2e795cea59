-- plain
WITH movements AS (
SELECT count(*) AS tickets
FROM tickets
WHERE opened_on IS NOT NULL
UNION ALL
SELECT -count(*) AS tickets
FROM tickets
WHERE opened_on IS NOT NULL
  AND ended_on IS NOT NULL
)
SELECT sum(tickets) AS backlog_numerator
FROM movements;

-- by
WITH movements AS (
SELECT
  category,
  priority,
  count(*) AS tickets
FROM tickets
WHERE opened_on IS NOT NULL
GROUP BY 1, 2
UNION ALL
SELECT
  category,
  priority,
  -count(*) AS tickets
FROM tickets
WHERE opened_on IS NOT NULL
  AND ended_on IS NOT NULL
GROUP BY 1, 2
)
SELECT
  category,
  priority,
  sum(tickets) AS backlog_numerator
FROM movements
GROUP BY 1, 2
ORDER BY 1, 2;

-- grain
WITH movements AS (
SELECT
  opened_on AS moved_on,
  count(*) AS tickets
FROM tickets
WHERE opened_on IS NOT NULL
GROUP BY 1
UNION ALL
SELECT
  ended_on AS moved_on,
  -count(*) AS tickets
FROM tickets
WHERE opened_on IS NOT NULL
  AND ended_on IS NOT NULL
GROUP BY 1
),
periods AS (
  SELECT DISTINCT CAST(date_trunc('month', calendar_on) AS DATE) AS period
  FROM calendar
),
net AS (
SELECT
  CAST(date_trunc('month', moved_on) AS DATE) AS period,
  sum(tickets) AS tickets
FROM movements
GROUP BY 1
),
levels AS (
SELECT
  periods.period,
  sum(COALESCE(net.tickets, 0)) OVER (ORDER BY periods.period) AS backlog_numerator
FROM periods
LEFT JOIN net ON net.period = periods.period
)
SELECT
  period,
  backlog_numerator
FROM levels
ORDER BY 1;

-- by and grain
WITH movements AS (
SELECT
  opened_on AS moved_on,
  site,
  count(*) AS tickets
FROM tickets
WHERE opened_on IS NOT NULL
GROUP BY 1, 2
UNION ALL
SELECT
  ended_on AS moved_on,
  site,
  -count(*) AS tickets
FROM tickets
WHERE opened_on IS NOT NULL
  AND ended_on IS NOT NULL
GROUP BY 1, 2
),
periods AS (
  SELECT DISTINCT CAST(date_trunc('week', calendar_on) AS DATE) AS period
  FROM calendar
),
groups AS (
  SELECT DISTINCT site FROM movements
),
net AS (
SELECT
  CAST(date_trunc('week', moved_on) AS DATE) AS period,
  site,
  sum(tickets) AS tickets
FROM movements
GROUP BY 1, 2
),
levels AS (
SELECT
  periods.period,
  groups.site,
  sum(COALESCE(net.tickets, 0)) OVER (PARTITION BY groups.site ORDER BY periods.period) AS backlog_numerator
FROM periods
CROSS JOIN groups
LEFT JOIN net ON net.period = periods.period
  AND (groups.site = net.site OR (groups.site IS NULL AND net.site IS NULL))
)
SELECT
  period,
  site,
  backlog_numerator
FROM levels
ORDER BY 1, 2;

-- filtered
WITH movements AS (
SELECT
  opened_on AS moved_on,
  assignment_group,
  count(*) AS tickets
FROM tickets
WHERE opened_on IS NOT NULL
  AND opened_on < :to_date
  AND (category IN (:category_0) OR category IS NULL)
  AND priority IN (:priority_0, :priority_1)
GROUP BY 1, 2
UNION ALL
SELECT
  ended_on AS moved_on,
  assignment_group,
  -count(*) AS tickets
FROM tickets
WHERE opened_on IS NOT NULL
  AND ended_on IS NOT NULL
  AND ended_on < :to_date
  AND (category IN (:category_0) OR category IS NULL)
  AND priority IN (:priority_0, :priority_1)
GROUP BY 1, 2
),
periods AS (
  SELECT DISTINCT calendar_on AS period
  FROM calendar
WHERE calendar_on < :to_date
),
groups AS (
  SELECT DISTINCT assignment_group FROM movements
),
net AS (
SELECT
  moved_on AS period,
  assignment_group,
  sum(tickets) AS tickets
FROM movements
GROUP BY 1, 2
),
levels AS (
SELECT
  periods.period,
  groups.assignment_group,
  sum(COALESCE(net.tickets, 0)) OVER (PARTITION BY groups.assignment_group ORDER BY periods.period) AS backlog_numerator
FROM periods
CROSS JOIN groups
LEFT JOIN net ON net.period = periods.period
  AND (groups.assignment_group = net.assignment_group OR (groups.assignment_group IS NULL AND net.assignment_group IS NULL))
)
SELECT
  period,
  assignment_group,
  backlog_numerator
FROM levels
WHERE period >= CAST(:from_date AS DATE)
ORDER BY 1, 2;

-- account
SELECT
  CASE
    WHEN opened_on IS NOT NULL THEN 0
    WHEN opened_at IS NULL THEN 1
    ELSE -1
  END AS reason,
  count(*) AS tickets
FROM tickets
WHERE COALESCE(opened_on, ended_on, opened_on) < :to_date
  AND (category IN (:category_0) OR category IS NULL)
  AND priority IN (:priority_0, :priority_1)
GROUP BY 1
ORDER BY 1;
