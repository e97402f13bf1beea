-- Every flight that left New York in 2013, asked six questions.
-- The tables and their columns are described in the README beside this file.
-- Paths are relative to the root of the repository.

CREATE EXTERNAL TABLE flights STORED AS PARQUET
WITH ORDER (sched_dep)
LOCATION 'examples/nyc-flights/data/flights.parquet';

CREATE EXTERNAL TABLE weather STORED AS PARQUET
LOCATION 'examples/nyc-flights/data/weather.parquet';

CREATE EXTERNAL TABLE airlines STORED AS CSV
LOCATION 'examples/nyc-flights/data/airlines.csv'
OPTIONS ('format.has_header' 'true');

CREATE EXTERNAL TABLE airports STORED AS CSV
LOCATION 'examples/nyc-flights/data/airports.csv'
OPTIONS ('format.has_header' 'true');

CREATE EXTERNAL TABLE planes (
    tailnum VARCHAR NOT NULL,
    year INT,
    manufacturer VARCHAR,
    model VARCHAR,
    engines INT,
    seats INT,
    engine VARCHAR
) STORED AS JSON
LOCATION 'examples/nyc-flights/data/planes.ndjson';

-- Which airlines keep their passengers waiting?
-- Late is what the Department of Transportation calls late: 15 minutes or more after the scheduled arrival.
SELECT
    rank() OVER (ORDER BY avg(CASE WHEN arr_delay >= 15 THEN 1.0 ELSE 0.0 END) DESC) AS place,
    a.name AS airline,
    count(*) AS arrived,
    round(100 * avg(CASE WHEN arr_delay >= 15 THEN 1.0 ELSE 0.0 END), 1) AS late_percent,
    median(arr_delay) AS median_delay,
    max(arr_delay) AS worst_delay
FROM flights f
JOIN airlines a ON f.carrier = a.carrier
WHERE arr_delay IS NOT NULL
GROUP BY a.name
ORDER BY place, airline;

-- Which three destinations does each New York airport serve most, and who flies there most?
WITH route AS (
    SELECT origin, dest, carrier, count(*) AS flown
    FROM flights
    GROUP BY origin, dest, carrier
), ranked AS (
    SELECT
        origin,
        dest,
        sum(flown) AS flown,
        first_value(carrier ORDER BY flown DESC, carrier) AS carrier,
        max(flown) AS flown_by_carrier,
        row_number() OVER (PARTITION BY origin ORDER BY sum(flown) DESC, dest) AS place
    FROM route
    GROUP BY origin, dest
)
SELECT
    o.name AS airport,
    place,
    concat(d.city, ', ', d.state) AS destination,
    flown,
    a.name AS first_airline,
    round(100.0 * flown_by_carrier / flown, 1) AS its_percent
FROM ranked r
JOIN airports o ON r.origin = o.iata
JOIN airports d ON r.dest = d.iata
JOIN airlines a ON r.carrier = a.carrier
WHERE place <= 3
ORDER BY airport, place;

-- What does bad weather at the departure airport do?
SELECT
    CASE
        WHEN visib < 1 THEN '1 fog, under a mile'
        WHEN precip >= 0.10 THEN '2 heavy rain or snow'
        WHEN precip > 0 THEN '3 light rain or snow'
        WHEN wind_gust >= 30 THEN '4 dry, gusts over 30 mph'
        ELSE '5 fair'
    END AS conditions,
    count(*) AS scheduled,
    round(100.0 * count(*) FILTER (WHERE dep_delay IS NULL) / count(*), 1) AS cancelled_percent,
    round(avg(dep_delay), 1) AS average_delay,
    round(100.0 * count(*) FILTER (WHERE dep_delay >= 60) / count(dep_delay), 1) AS hour_late_percent
FROM flights f
JOIN weather w ON f.origin = w.origin AND f.hour = w.hour
GROUP BY conditions
ORDER BY conditions;

-- Does an aircraft that left late leave late again on its next departure from New York the same day?
WITH turn AS (
    SELECT
        sched_dep,
        dep_delay,
        lag(dep_delay) OVER (PARTITION BY tailnum ORDER BY sched_dep) AS delay_before,
        lag(sched_dep) OVER (PARTITION BY tailnum ORDER BY sched_dep) AS sched_before
    FROM flights
    WHERE tailnum IS NOT NULL AND dep_delay IS NOT NULL
)
SELECT
    CASE
        WHEN delay_before <= 0 THEN '1 on time'
        WHEN delay_before < 15 THEN '2 under 15 minutes'
        WHEN delay_before < 60 THEN '3 under an hour'
        WHEN delay_before < 180 THEN '4 under three hours'
        ELSE '5 three hours and more'
    END AS departure_before,
    count(*) AS turns,
    round(avg(delay_before), 1) AS average_before,
    round(avg(dep_delay), 1) AS average_after,
    round(100.0 * count(*) FILTER (WHERE dep_delay >= 15) / count(*), 1) AS late_again_percent
FROM turn
WHERE date_trunc('day', sched_before) = date_trunc('day', sched_dep)
GROUP BY departure_before
ORDER BY departure_before;

-- Are older aircraft slower or less punctual than new ones?
SELECT
    CASE
        WHEN 2013 - p.year < 5 THEN '1 under 5 years'
        WHEN 2013 - p.year < 10 THEN '2 under 10 years'
        WHEN 2013 - p.year < 20 THEN '3 under 20 years'
        ELSE '4 20 years and more'
    END AS age,
    count(DISTINCT p.tailnum) AS aircraft,
    count(*) AS flown,
    round(avg(p.seats), 0) AS average_seats,
    round(avg(f.arr_delay), 1) AS average_delay,
    round(60.0 * sum(f.distance) / sum(f.air_time), 0) AS average_mph
FROM flights f
JOIN planes p ON f.tailnum = p.tailnum
WHERE p.year IS NOT NULL AND f.air_time IS NOT NULL AND p.engine IN ('Turbo-fan', 'Turbo-jet')
GROUP BY age
ORDER BY age;

-- Which ten days were the worst, against the week around them, and what was the weather?
WITH day AS (
    SELECT
        date_trunc('day', sched_dep) AS day,
        count(*) AS scheduled,
        count(*) FILTER (WHERE dep_delay IS NULL) AS cancelled,
        count(*) FILTER (WHERE arr_delay >= 60) AS hour_late
    FROM flights
    GROUP BY date_trunc('day', sched_dep)
), compared AS (
    SELECT
        *,
        sum(cancelled) OVER around AS cancelled_around,
        sum(scheduled) OVER around AS scheduled_around
    FROM day
    WINDOW around AS (ORDER BY day RANGE BETWEEN INTERVAL '3 days' PRECEDING AND INTERVAL '3 days' FOLLOWING)
), sky AS (
    SELECT
        date_trunc('day', f.sched_dep) AS day,
        max(w.wind_gust) AS gust_mph,
        min(w.visib) AS visibility_miles,
        max(w.precip) AS inches_in_an_hour
    FROM flights f
    JOIN weather w ON f.origin = w.origin AND f.hour = w.hour
    GROUP BY date_trunc('day', f.sched_dep)
)
SELECT
    CAST(c.day AS DATE) AS day,
    scheduled,
    round(100.0 * cancelled / scheduled, 1) AS cancelled_percent,
    round(100.0 * cancelled_around / scheduled_around, 1) AS week_around,
    round(100.0 * hour_late / scheduled, 1) AS hour_late_percent,
    gust_mph,
    visibility_miles,
    inches_in_an_hour
FROM compared c
LEFT JOIN sky s ON c.day = s.day
ORDER BY 100.0 * (cancelled + hour_late) / scheduled DESC, day
LIMIT 10;
