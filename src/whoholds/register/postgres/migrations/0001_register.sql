-- The register: entries, and what they bring in, in columns that can be asked in SQL.
-- Strings that no text column takes (NUL, lone surrogates) are escaped: see codec.storable.
-- Columns of any length are indexed by hash: a btree takes keys of 2,704 bytes at most.

CREATE TABLE documents (
    number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    text text
);
COMMENT ON COLUMN documents.text IS 'NULL where the document was erased';

CREATE TABLE entries (
    seq integer PRIMARY KEY CHECK (seq > 0),
    recorded_at timestamptz NOT NULL,
    by text NOT NULL,
    kind text NOT NULL,
    document integer REFERENCES documents,
    claim bigint,
    accepts boolean,
    instead bigint,
    target integer REFERENCES entries,
    root integer REFERENCES entries,
    struck boolean NOT NULL DEFAULT false,
    body bytea
);
COMMENT ON COLUMN entries.claim IS 'the claim that is asserted or judged: its id, 16 hexadecimal digits, less 2^63';
COMMENT ON COLUMN entries.target IS 'the entry that this one withdraws';
COMMENT ON COLUMN entries.root IS 'the entry that this withdrawal is about in the end, past withdrawals of withdrawals';
COMMENT ON COLUMN entries.struck IS 'whether the entry is withdrawn';
COMMENT ON COLUMN entries.body IS 'the act as deflated JSON, where no other table has it';
CREATE INDEX entries_claim ON entries (claim) WHERE claim IS NOT NULL;
CREATE INDEX entries_judged ON entries (document) WHERE kind = 'judged';
CREATE INDEX entries_root ON entries (root) WHERE root IS NOT NULL;
CREATE INDEX entries_sides ON entries (seq) WHERE kind IN ('allied', 'parted');
CREATE INDEX entries_instead ON entries (instead) WHERE instead IS NOT NULL;
CREATE INDEX entries_document ON entries (document) WHERE kind IN ('erased', 'tombstone');
CREATE INDEX entries_recorded ON entries (recorded_at);

CREATE TABLE filings (
    entry integer PRIMARY KEY REFERENCES entries,
    document integer NOT NULL REFERENCES documents,
    name text NOT NULL,
    title text,
    url text,
    outlet text,
    author text,
    language text,
    published date,
    retrieved date,
    credits text[] NOT NULL,
    replaces text COLLATE "C"
);
CREATE INDEX filings_document ON filings (document);
CREATE INDEX filings_url ON filings USING hash (url);
CREATE INDEX filings_name ON filings USING hash (name);

CREATE TABLE sites (
    number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text COLLATE "C" NOT NULL,
    name text NOT NULL,
    lon double precision,
    lat double precision,
    country text,
    body bytea NOT NULL,
    EXCLUDE USING hash (key WITH =)
);
CREATE INDEX sites_point ON sites (lon, lat);

CREATE TABLE names (
    site integer NOT NULL REFERENCES sites,
    folded text COLLATE "C" NOT NULL
);
COMMENT ON TABLE names IS 'what sites are called, without case and diacritics';
CREATE INDEX names_folded ON names USING hash (folded);
CREATE INDEX names_site ON names (site);

CREATE TABLE claims (
    entry integer PRIMARY KEY REFERENCES entries,
    claim bigint NOT NULL,
    document integer NOT NULL REFERENCES documents,
    site integer REFERENCES sites,
    kind text NOT NULL,
    described daterange,
    noted boolean NOT NULL,
    body bytea NOT NULL,
    derivation bytea
);
COMMENT ON TABLE claims IS 'the claims that entries bring in, by an assertion or an edit';
COMMENT ON COLUMN claims.noted IS 'whether more was entered about the claim: a judgement, a withdrawal, another assertion';
CREATE INDEX claims_claim ON claims (claim);
CREATE INDEX claims_document ON claims (document);
CREATE INDEX claims_site ON claims (site, entry) WHERE site IS NOT NULL;
CREATE INDEX claims_described ON claims USING gist (described);

CREATE TABLE lexemes (
    document integer NOT NULL REFERENCES documents,
    words tsvector NOT NULL
);
COMMENT ON TABLE lexemes IS 'the words of documents, folded; one row for most, more for a document with very many';
CREATE INDEX lexemes_words ON lexemes USING gin (words);
CREATE INDEX lexemes_document ON lexemes (document);

CREATE TABLE stale (
    kind text NOT NULL,
    key text COLLATE "C" NOT NULL,
    since integer NOT NULL
);
COMMENT ON TABLE stale IS 'findings to be derived again, and the entry since which';
CREATE INDEX stale_key ON stale USING hash (key);

CREATE TABLE findings (
    id text COLLATE "C" PRIMARY KEY,
    kind text NOT NULL,
    site text COLLATE "C",
    lon double precision,
    lat double precision,
    during daterange,
    holder text,
    name text,
    standing text NOT NULL,
    begin date,
    told date,
    claims bigint[] NOT NULL,
    body bytea NOT NULL
);
COMMENT ON COLUMN findings.claims IS 'the claims that it stands on or that oppose it';
CREATE INDEX findings_kind ON findings (kind);
CREATE INDEX findings_site ON findings USING hash (site);
CREATE INDEX findings_during ON findings USING gist (during);
CREATE INDEX findings_claims ON findings USING gin (claims);
