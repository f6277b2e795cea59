-- plain
SELECT
  sum(response_hours) AS first_response_time_numerator,
  count(response_hours) AS first_response_time_denominator
FROM tickets
WHERE response_hours IS NOT NULL;

-- by
SELECT
  category,
  priority,
  sum(response_hours) AS first_response_time_numerator,
  count(response_hours) AS first_response_time_denominator
FROM tickets
WHERE response_hours IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2;

-- grain
SELECT
  CAST(date_trunc('month', responded_on) AS DATE) AS period,
  sum(response_hours) AS first_response_time_numerator,
  count(response_hours) AS first_response_time_denominator
FROM tickets
WHERE response_hours IS NOT NULL
GROUP BY 1
ORDER BY 1;

-- by and grain
SELECT
  CAST(date_trunc('week', responded_on) AS DATE) AS period,
  site,
  sum(response_hours) AS first_response_time_numerator,
  count(response_hours) AS first_response_time_denominator
FROM tickets
WHERE response_hours IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2;

-- filtered
SELECT
  responded_on AS period,
  assignment_group,
  sum(response_hours) AS first_response_time_numerator,
  count(response_hours) AS first_response_time_denominator
FROM tickets
WHERE response_hours IS NOT NULL
  AND responded_on >= :from_date
  AND responded_on < :to_date
  AND (category IN (:category_0) OR category IS NULL)
  AND priority IN (:priority_0, :priority_1)
GROUP BY 1, 2
ORDER BY 1, 2;

-- account
SELECT
  CASE
    WHEN response_hours IS NOT NULL THEN 0
    WHEN opened_at IS NULL THEN 1
    WHEN first_response_at IS NULL THEN 2
    WHEN first_response_at < opened_at THEN 3
    ELSE -1
  END AS reason,
  count(*) AS tickets
FROM tickets
WHERE COALESCE(responded_on, ended_on, opened_on) >= :from_date
  AND COALESCE(responded_on, ended_on, opened_on) < :to_date
  AND (category IN (:category_0) OR category IS NULL)
  AND priority IN (:priority_0, :priority_1)
GROUP BY 1
ORDER BY 1;
