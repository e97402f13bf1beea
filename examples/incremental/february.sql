-- The flights of February, as they are appended to the Delta table.
-- Paths are relative to the root of the repository.

CREATE EXTERNAL TABLE year_2013 STORED AS PARQUET
LOCATION 'examples/nyc-flights/data/flights.parquet';

SELECT * FROM year_2013 WHERE date_part('month', sched_dep) = 2;
