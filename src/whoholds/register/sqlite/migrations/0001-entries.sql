-- Entries and what they are about. Days are proleptic Gregorian ordinals (1 is 0001-01-01), instants microseconds since 1970 UTC.
create table author (id integer primary key, name text not null unique);

create table entry (
    seq integer primary key,
    recorded_at integer not null,
    author integer not null references author,
    kind integer not null -- 0 filed, 1 asserted, 2 withdrawn, 3 judged, 4 allied, 5 parted, 6 erased, 7 tombstone
);

create table document (id integer primary key, hash text not null unique, body blob not null);

create table filing (
    entry integer primary key references entry,
    document integer not null references document,
    name text not null,
    url text,
    outlet text,
    published integer,
    retrieved integer,
    rest blob not null, -- title, author, language, credits
    replaces text
);
create index filing_document on filing (document);
create index filing_url on filing (url) where url is not null;
create index filing_name on filing (name);

create table site (
    id integer primary key,
    key text not null unique,
    name text not null,
    lat real,
    lon real,
    body blob not null
);
create table site_name (name text not null, site integer not null references site, primary key (name, site)) without rowid;
create index site_name_site on site_name (site);

create table claim (
    entry integer primary key references entry,
    id integer not null, -- the 16 digits of the id as a number, less 2^63
    document integer not null references document,
    kind integer not null, -- 0 event, 1 control, 2 obligation
    site integer references site,
    first integer, -- days that it describes; null where it has no time, the calendar's ends where one is open
    last integer,
    noted integer not null, -- 0 nothing else was entered about it, 1 something was, 2 an edit put it in its place
    body blob not null
);
create index claim_id on claim (id);
create index claim_document on claim (document);
create index claim_site on claim (site, kind) where site is not null;
-- A period is found by its first day among short ones, by both its days among the few long ones.
create index claim_short on claim (kind, first, last) where last - first <= 40;
create index claim_long on claim (kind, last, first) where last - first > 40;

create table derivation (entry integer primary key references claim, body blob not null);

create table judgement (
    entry integer primary key references entry,
    claim integer not null,
    accepts integer not null,
    instead integer, -- the claim that an edit put in its place
    words text not null,
    reason text not null
);
create index judgement_claim on judgement (claim);
create index judgement_instead on judgement (instead) where instead is not null;

create table withdrawal (
    entry integer primary key references entry,
    target integer not null references entry,
    root integer not null references entry, -- what is withdrawn in the end, past withdrawals of withdrawals
    reason text not null
);
create index withdrawal_target on withdrawal (target);
create index withdrawal_root on withdrawal (root);

create table affiliation (entry integer primary key references entry, body blob not null);

create table erasure (entry integer primary key references entry, document text not null unique, reason text not null);

create table tombstone (
    entry integer primary key references entry,
    was integer not null,
    erasure integer not null references erasure
);
create index tombstone_erasure on tombstone (erasure);
