-- plain
SELECT count(*) AS outflow_numerator
FROM tickets
WHERE opened_on IS NOT NULL AND ended_on IS NOT NULL;

-- by
SELECT
  category,
  priority,
  count(*) AS outflow_numerator
FROM tickets
WHERE opened_on IS NOT NULL AND ended_on IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2;

-- grain
SELECT
  CAST(date_trunc('month', ended_on) AS DATE) AS period,
  count(*) AS outflow_numerator
FROM tickets
WHERE opened_on IS NOT NULL AND ended_on IS NOT NULL
GROUP BY 1
ORDER BY 1;

-- by and grain
SELECT
  CAST(date_trunc('week', ended_on) AS DATE) AS period,
  site,
  count(*) AS outflow_numerator
FROM tickets
WHERE opened_on IS NOT NULL AND ended_on IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2;

-- filtered
SELECT
  ended_on AS period,
  assignment_group,
  count(*) AS outflow_numerator
FROM tickets
WHERE opened_on IS NOT NULL AND ended_on IS NOT NULL
  AND ended_on >= :from_date
  AND ended_on < :to_date
  AND (category IN (:category_0) OR category IS NULL)
  AND priority IN (:priority_0, :priority_1)
GROUP BY 1, 2
ORDER BY 1, 2;

-- account
SELECT
  CASE
    WHEN opened_on IS NOT NULL AND ended_on IS NOT NULL THEN 0
    WHEN opened_at IS NULL THEN 1
    WHEN ended_at IS NULL THEN 2
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
