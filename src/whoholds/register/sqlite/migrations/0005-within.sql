-- The areas around a site, narrowest first, as a list in JSON (null for none): a map needs those of all sites at once.
alter table site add column within text;
update site set within = site_within(body);
