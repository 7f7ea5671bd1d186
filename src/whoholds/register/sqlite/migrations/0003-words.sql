-- Full-text search over documents; the words come folded, see `words`, and the text itself is not kept a second time.
create virtual table words using fts5 (body, content = '', tokenize = 'unicode61 remove_diacritics 2');
insert into words (rowid, body) select id, indexed_words(body) from document;
