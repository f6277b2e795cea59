-- plain
SELECT count(*) AS volume_numerator
FROM tickets
WHERE opened_on IS NOT NULL;

-- by
SELECT
  category,
  priority,
  count(*) AS volume_numerator
FROM tickets
WHERE opened_on IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2;

-- grain
SELECT
  CAST(date_trunc('month', opened_on) AS DATE) AS period,
  count(*) AS volume_numerator
FROM tickets
WHERE opened_on IS NOT NULL
GROUP BY 1
ORDER BY 1;

-- by and grain
SELECT
  CAST(date_trunc('week', opened_on) AS DATE) AS period,
  site,
  count(*) AS volume_numerator
FROM tickets
WHERE opened_on IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2;

-- filtered
SELECT
  opened_on AS period,
  assignment_group,
  count(*) AS volume_numerator
FROM tickets
WHERE opened_on IS NOT NULL
  AND opened_on >= :from_date
  AND opened_on < :to_date
  AND (category IN (:category_0) OR category IS NULL)
  AND priority IN (:priority_0, :priority_1)
GROUP BY 1, 2
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
WHERE COALESCE(opened_on, ended_on, opened_on) >= :from_date
  AND COALESCE(opened_on, ended_on, opened_on) < :to_date
  AND (category IN (:category_0) OR category IS NULL)
  AND priority IN (:priority_0, :priority_1)
GROUP BY 1
ORDER BY 1;
