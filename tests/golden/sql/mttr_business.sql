-- plain
SELECT
  sum(business_resolution_hours) AS mttr_business_numerator,
  count(business_resolution_hours) AS mttr_business_denominator
FROM tickets
WHERE business_resolution_hours IS NOT NULL;

-- by
SELECT
  category,
  priority,
  sum(business_resolution_hours) AS mttr_business_numerator,
  count(business_resolution_hours) AS mttr_business_denominator
FROM tickets
WHERE business_resolution_hours IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2;

-- grain
SELECT
  CAST(date_trunc('month', resolved_on) AS DATE) AS period,
  sum(business_resolution_hours) AS mttr_business_numerator,
  count(business_resolution_hours) AS mttr_business_denominator
FROM tickets
WHERE business_resolution_hours IS NOT NULL
GROUP BY 1
ORDER BY 1;

-- by and grain
SELECT
  CAST(date_trunc('week', resolved_on) AS DATE) AS period,
  site,
  sum(business_resolution_hours) AS mttr_business_numerator,
  count(business_resolution_hours) AS mttr_business_denominator
FROM tickets
WHERE business_resolution_hours IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2;

-- filtered
SELECT
  resolved_on AS period,
  assignment_group,
  sum(business_resolution_hours) AS mttr_business_numerator,
  count(business_resolution_hours) AS mttr_business_denominator
FROM tickets
WHERE business_resolution_hours IS NOT NULL
  AND resolved_on >= :from_date
  AND resolved_on < :to_date
  AND (category IN (:category_0) OR category IS NULL)
  AND priority IN (:priority_0, :priority_1)
GROUP BY 1, 2
ORDER BY 1, 2;

-- account
SELECT
  CASE
    WHEN business_resolution_hours IS NOT NULL THEN 0
    WHEN opened_at IS NULL THEN 1
    WHEN status = 'cancelled' THEN 2
    WHEN ended_at IS NULL THEN 3
    WHEN resolved_at IS NULL THEN 4
    WHEN resolved_at < opened_at THEN 5
    ELSE -1
  END AS reason,
  count(*) AS tickets
FROM tickets
WHERE COALESCE(resolved_on, ended_on, opened_on) >= :from_date
  AND COALESCE(resolved_on, ended_on, opened_on) < :to_date
  AND (category IN (:category_0) OR category IS NULL)
  AND priority IN (:priority_0, :priority_1)
GROUP BY 1
ORDER BY 1;
