-- Layers for a GIS, made where the extension PostGIS is there.
CREATE OR REPLACE VIEW places AS
SELECT number, key, name, country, ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geometry(Point, 4326) AS geometry
FROM sites WHERE lon IS NOT NULL;

CREATE OR REPLACE VIEW holdings AS
SELECT id, site, holder, name, standing, lower(during) AS first, upper(during) - 1 AS last, told,
       ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geometry(Point, 4326) AS geometry
FROM findings WHERE kind = 'holding' AND lon IS NOT NULL;

CREATE OR REPLACE VIEW incidents AS
SELECT id, site, name AS type, standing, lower(during) AS first, upper(during) - 1 AS last,
       ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geometry(Point, 4326) AS geometry
FROM findings WHERE kind = 'incident' AND lon IS NOT NULL;
