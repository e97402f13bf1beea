-- Flights that arrived late and are new since the last run.

SELECT
    date_part('month', sched_dep) AS month,
    carrier,
    origin,
    dest,
    arr_delay
FROM flights_changes
WHERE _change_type IN ('insert', 'update_postimage') AND arr_delay >= 15;
