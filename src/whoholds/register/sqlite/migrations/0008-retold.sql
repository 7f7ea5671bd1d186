-- The last day for which a holding is told; those kept by earlier rules, which did not tell it, are derived anew.
alter table finding add column retold integer;
update finding set retold = told where told is not null;
drop index finding_held;
create index finding_held on finding (last, first, site, holder, standing, begin, told, retold, sure) where told is not null;
