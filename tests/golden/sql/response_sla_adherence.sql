-- plain
SELECT
  count(*) FILTER (WHERE NOT response_breached) AS response_sla_adherence_numerator,
  count(response_breached) AS response_sla_adherence_denominator
FROM tickets
WHERE response_breached IS NOT NULL AND opened_at IS NOT NULL AND (status IS NULL OR status <> 'cancelled') AND (response_breached OR NOT (first_response_at IS NULL AND ended_at IS NULL));

-- by
SELECT
  category,
  priority,
  count(*) FILTER (WHERE NOT response_breached) AS response_sla_adherence_numerator,
  count(response_breached) AS response_sla_adherence_denominator
FROM tickets
WHERE response_breached IS NOT NULL AND opened_at IS NOT NULL AND (status IS NULL OR status <> 'cancelled') AND (response_breached OR NOT (first_response_at IS NULL AND ended_at IS NULL))
GROUP BY 1, 2
ORDER BY 1, 2;

-- grain
SELECT
  CAST(date_trunc('month', opened_on) AS DATE) AS period,
  count(*) FILTER (WHERE NOT response_breached) AS response_sla_adherence_numerator,
  count(response_breached) AS response_sla_adherence_denominator
FROM tickets
WHERE response_breached IS NOT NULL AND opened_at IS NOT NULL AND (status IS NULL OR status <> 'cancelled') AND (response_breached OR NOT (first_response_at IS NULL AND ended_at IS NULL))
GROUP BY 1
ORDER BY 1;

-- by and grain
SELECT
  CAST(date_trunc('week', opened_on) AS DATE) AS period,
  site,
  count(*) FILTER (WHERE NOT response_breached) AS response_sla_adherence_numerator,
  count(response_breached) AS response_sla_adherence_denominator
FROM tickets
WHERE response_breached IS NOT NULL AND opened_at IS NOT NULL AND (status IS NULL OR status <> 'cancelled') AND (response_breached OR NOT (first_response_at IS NULL AND ended_at IS NULL))
GROUP BY 1, 2
ORDER BY 1, 2;

-- filtered
SELECT
  opened_on AS period,
  assignment_group,
  count(*) FILTER (WHERE NOT response_breached) AS response_sla_adherence_numerator,
  count(response_breached) AS response_sla_adherence_denominator
FROM tickets
WHERE response_breached IS NOT NULL AND opened_at IS NOT NULL AND (status IS NULL OR status <> 'cancelled') AND (response_breached OR NOT (first_response_at IS NULL AND ended_at IS NULL))
  AND opened_on >= :from_date
  AND opened_on < :to_date
  AND (category IN (:category_0) OR category IS NULL)
  AND priority IN (:priority_0, :priority_1)
GROUP BY 1, 2
ORDER BY 1, 2;

-- account
SELECT
  CASE
    WHEN response_breached IS NOT NULL AND opened_at IS NOT NULL AND (status IS NULL OR status <> 'cancelled') AND (response_breached OR NOT (first_response_at IS NULL AND ended_at IS NULL)) THEN 0
    WHEN opened_at IS NULL THEN 1
    WHEN status = 'cancelled' THEN 2
    WHEN response_breached IS NULL THEN 3
    WHEN first_response_at IS NULL AND ended_at IS NULL THEN 4
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
