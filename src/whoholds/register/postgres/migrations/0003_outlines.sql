-- What outlines of places are sought by; the outline itself is the body of its entry.

CREATE TABLE outlines (
    entry integer PRIMARY KEY REFERENCES entries,
    name text NOT NULL,
    site text COLLATE "C",
    source text NOT NULL
);
CREATE INDEX outlines_site ON outlines USING hash (site);
CREATE INDEX outlines_name ON outlines USING hash (name);
CREATE INDEX entries_outlined ON entries (seq) WHERE kind = 'outlined';
