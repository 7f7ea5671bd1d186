-- The last day for which a holding is told; those kept by earlier rules, which did not tell it, are derived anew.

ALTER TABLE findings ADD COLUMN retold date;
UPDATE findings SET retold = told WHERE told IS NOT NULL;
