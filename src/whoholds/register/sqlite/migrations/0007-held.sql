-- A map reads tens of thousands of rows of this index, and nothing else: no points, and no column but these is asked for
-- (a holding is what was told; SQLite goes to the table for a column of the condition that the index lacks).
drop index finding_held;
create index finding_held on finding (last, first, site, holder, standing, begin, told, sure) where told is not null;
