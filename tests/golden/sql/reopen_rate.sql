-- plain
SELECT
  count(*) FILTER (WHERE reopen_count > 0) AS reopen_rate_numerator,
  count(reopen_count) AS reopen_rate_denominator
FROM tickets
WHERE reopen_count IS NOT NULL AND ended_at IS NOT NULL AND opened_at IS NOT NULL AND status <> 'cancelled';

-- by
SELECT
  category,
  priority,
  count(*) FILTER (WHERE reopen_count > 0) AS reopen_rate_numerator,
  count(reopen_count) AS reopen_rate_denominator
FROM tickets
WHERE reopen_count IS NOT NULL AND ended_at IS NOT NULL AND opened_at IS NOT NULL AND status <> 'cancelled'
GROUP BY 1, 2
ORDER BY 1, 2;

-- grain
SELECT
  CAST(date_trunc('month', ended_on) AS DATE) AS period,
  count(*) FILTER (WHERE reopen_count > 0) AS reopen_rate_numerator,
  count(reopen_count) AS reopen_rate_denominator
FROM tickets
WHERE reopen_count IS NOT NULL AND ended_at IS NOT NULL AND opened_at IS NOT NULL AND status <> 'cancelled'
GROUP BY 1
ORDER BY 1;

-- by and grain
SELECT
  CAST(date_trunc('week', ended_on) AS DATE) AS period,
  site,
  count(*) FILTER (WHERE reopen_count > 0) AS reopen_rate_numerator,
  count(reopen_count) AS reopen_rate_denominator
FROM tickets
WHERE reopen_count IS NOT NULL AND ended_at IS NOT NULL AND opened_at IS NOT NULL AND status <> 'cancelled'
GROUP BY 1, 2
ORDER BY 1, 2;

-- filtered
SELECT
  ended_on AS period,
  assignment_group,
  count(*) FILTER (WHERE reopen_count > 0) AS reopen_rate_numerator,
  count(reopen_count) AS reopen_rate_denominator
FROM tickets
WHERE reopen_count IS NOT NULL AND ended_at IS NOT NULL AND opened_at IS NOT NULL AND status <> 'cancelled'
  AND ended_on >= :from_date
  AND ended_on < :to_date
  AND (category IN (:category_0) OR category IS NULL)
  AND priority IN (:priority_0, :priority_1)
GROUP BY 1, 2
ORDER BY 1, 2;

-- account
SELECT
  CASE
    WHEN reopen_count IS NOT NULL AND ended_at IS NOT NULL AND opened_at IS NOT NULL AND status <> 'cancelled' THEN 0
    WHEN opened_at IS NULL THEN 1
    WHEN status = 'cancelled' THEN 2
    WHEN ended_at IS NULL THEN 3
    WHEN reopen_count IS NULL THEN 4
    WHEN status IS NULL THEN 5
    ELSE -1
  END AS reason,
  count(*) AS tickets
FROM tickets
WHERE COALESCE(ended_on, ended_on, opened_on) >= :from_date
  AND COALESCE(ended_on, ended_on, opened_on) < :to_date
  AND (category IN (:category_0) OR category IS NULL)
  AND priority IN (:priority_0, :priority_1)
GROUP BY 1
ORDER BY 1;
