-- When texts were said, and which sites lie in an area.
create index filing_published on filing (published, document) where published is not null;
create index filing_retrieved on filing (retrieved, document) where published is null and retrieved is not null;
create index filing_undated on filing (entry, document) where published is null and retrieved is null;

create table area (key text not null, site integer not null references site, primary key (key, site)) without rowid;
create index area_site on area (site);
insert or ignore into area select around.value, site.id from site, json_each(coalesce(site.within, '[]')) as around;
create index site_point on site (lat, lon) where lat is not null;
