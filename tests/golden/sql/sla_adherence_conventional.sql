-- plain
SELECT
  count(*) FILTER (WHERE sla_met) AS sla_adherence_conventional_numerator,
  count(sla_met) AS sla_adherence_conventional_denominator
FROM tickets
WHERE sla_met IS NOT NULL AND ended_at IS NOT NULL AND opened_at IS NOT NULL;

-- by
SELECT
  category,
  priority,
  count(*) FILTER (WHERE sla_met) AS sla_adherence_conventional_numerator,
  count(sla_met) AS sla_adherence_conventional_denominator
FROM tickets
WHERE sla_met IS NOT NULL AND ended_at IS NOT NULL AND opened_at IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2;

-- grain
SELECT
  CAST(date_trunc('month', judged_on) AS DATE) AS period,
  count(*) FILTER (WHERE sla_met) AS sla_adherence_conventional_numerator,
  count(sla_met) AS sla_adherence_conventional_denominator
FROM tickets
WHERE sla_met IS NOT NULL AND ended_at IS NOT NULL AND opened_at IS NOT NULL
GROUP BY 1
ORDER BY 1;

-- by and grain
SELECT
  CAST(date_trunc('week', judged_on) AS DATE) AS period,
  site,
  count(*) FILTER (WHERE sla_met) AS sla_adherence_conventional_numerator,
  count(sla_met) AS sla_adherence_conventional_denominator
FROM tickets
WHERE sla_met IS NOT NULL AND ended_at IS NOT NULL AND opened_at IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2;

-- filtered
SELECT
  judged_on AS period,
  assignment_group,
  count(*) FILTER (WHERE sla_met) AS sla_adherence_conventional_numerator,
  count(sla_met) AS sla_adherence_conventional_denominator
FROM tickets
WHERE sla_met IS NOT NULL AND ended_at IS NOT NULL AND opened_at IS NOT NULL
  AND judged_on >= :from_date
  AND judged_on < :to_date
  AND (category IN (:category_0) OR category IS NULL)
  AND priority IN (:priority_0, :priority_1)
GROUP BY 1, 2
ORDER BY 1, 2;

-- account
SELECT
  CASE
    WHEN sla_met IS NOT NULL AND ended_at IS NOT NULL AND opened_at IS NOT NULL THEN 0
    WHEN opened_at IS NULL THEN 1
    WHEN status = 'cancelled' THEN 2
    WHEN ended_at IS NULL THEN 3
    WHEN due_at IS NULL THEN 4
    WHEN sla_met IS NULL THEN 5
    ELSE -1
  END AS reason,
  count(*) AS tickets
FROM tickets
WHERE COALESCE(judged_on, ended_on, opened_on) >= :from_date
  AND COALESCE(judged_on, ended_on, opened_on) < :to_date
  AND (category IN (:category_0) OR category IS NULL)
  AND priority IN (:priority_0, :priority_1)
GROUP BY 1
ORDER BY 1;
