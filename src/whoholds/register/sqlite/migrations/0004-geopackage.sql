-- The file as a GeoPackage 1.3 (OGC 12-128r17): places, holdings and incidents as layers, reports as a table.
create table gpkg_spatial_ref_sys (
    srs_name text not null,
    srs_id integer not null primary key,
    organization text not null,
    organization_coordsys_id integer not null,
    definition text not null,
    description text
);
insert into gpkg_spatial_ref_sys values
    ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
    ('WGS 84 geodetic', 4326, 'EPSG', 4326,
     'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
     'longitude and latitude in decimal degrees on the WGS 84 spheroid');

create table gpkg_contents (
    table_name text not null primary key,
    data_type text not null,
    identifier text unique,
    description text default '',
    last_change datetime not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    min_x double,
    min_y double,
    max_x double,
    max_y double,
    srs_id integer references gpkg_spatial_ref_sys (srs_id)
);

create table gpkg_geometry_columns (
    table_name text not null unique references gpkg_contents (table_name),
    column_name text not null,
    geometry_type_name text not null,
    srs_id integer not null references gpkg_spatial_ref_sys (srs_id),
    z tinyint not null,
    m tinyint not null,
    primary key (table_name, column_name)
);

alter table site add column geom blob;
update site set geom = gpkg_point(lat, lon);
alter table finding add column geom blob;
update finding set geom = gpkg_point(lat, lon);

-- A day d is Julian day d + 1721424.5.
create view place as
select id as OGC_FID, geom, key, name from site where geom is not null;

create view holding as
select finding.id as OGC_FID, geom, finding.name as finding, site, key as holder, side.name as holder_name, standing,
    date(begin + 1721424.5) as begin, case when last < 3652059 then date(last + 1721424.5) end as last,
    date(told + 1721424.5) as told
from finding left join side on side.id = holder where kind = 0 and geom is not null;

create view incident as
select id as OGC_FID, geom, name as finding, site, standing,
    case when first > 1 then date(first + 1721424.5) end as first,
    case when last < 3652059 then date(last + 1721424.5) end as last
from finding where kind = 2 and geom is not null;

create view report as
select entry as OGC_FID, hash as document, name, url, outlet, date(published + 1721424.5) as published
from filing join document on document.id = filing.document;

insert into gpkg_contents (table_name, data_type, identifier, description, srs_id) values
    ('place', 'features', 'place', 'places that claims name', 4326),
    ('holding', 'features', 'holding', 'who holds a place from when to when', 4326),
    ('incident', 'features', 'incident', 'what happened where', 4326),
    ('report', 'attributes', 'report', 'documents as they were filed', null);
insert into gpkg_geometry_columns values
    ('place', 'geom', 'POINT', 4326, 0, 0),
    ('holding', 'geom', 'POINT', 4326, 0, 0),
    ('incident', 'geom', 'POINT', 4326, 0, 0);
