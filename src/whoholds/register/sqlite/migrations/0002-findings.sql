-- What is derived, and what must be derived again.
create table stale (kind text not null, key text not null, since integer not null, primary key (kind, key)) without rowid;
insert into stale select kind.value, '*', max(seq) from entry, json_each('["control", "event", "obligation"]') as kind
    group by kind.value;

create table side (id integer primary key, key text not null, name text not null, unique (key, name));

create table finding (
    id integer primary key,
    name text not null unique,
    kind integer not null, -- 0 holding, 1 undertaking, 2 incident
    site text, -- its key
    lat real,
    lon real,
    first integer not null, -- days of its period, the calendar's ends where it is open
    last integer not null,
    holder integer references side, -- of a holding, as are begin, told and sure, the first day on which it surely is in force
    standing text not null,
    begin integer,
    told integer,
    sure integer
);
create index finding_site on finding (site, kind) where site is not null;
create index finding_period on finding (kind, first, last);
create index finding_held on finding (last, first, lat, lon, site, holder, standing, begin, told, sure) where kind = 0;

create table finding_body (finding integer primary key references finding, body blob not null);

create table basis (claim integer not null, finding integer not null references finding, primary key (claim, finding)) without rowid;
create index basis_finding on basis (finding);
