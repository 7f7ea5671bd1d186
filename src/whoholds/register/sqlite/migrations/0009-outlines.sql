-- Outlines of places (kind 8 of entries), and those that stand as a layer of the GeoPackage.
create table outline (
    entry integer primary key references entry,
    name text not null,
    site text, -- the key of the place, null where it is not known
    source text not null,
    standing integer not null, -- 0 where it is withdrawn
    body blob not null,
    geom blob not null
);
create index outline_site on outline (site, source) where site is not null;
create index outline_name on outline (name) where site is null;

create view boundary as
select entry as OGC_FID, geom, name, site, source from outline
where standing and (site is null or not exists (
    select 1 from outline as later where later.standing and later.site = outline.site and later.source = outline.source
        and later.entry > outline.entry));

insert into gpkg_contents (table_name, data_type, identifier, description, srs_id) values
    ('boundary', 'features', 'boundary', 'outlines of places and areas as they were imported', 4326);
insert into gpkg_geometry_columns values ('boundary', 'geom', 'MULTIPOLYGON', 4326, 0, 0);
