-- The record, version 1. Tables start with their layer; every table of rows has the columns that are filtered on
-- and, last, `json`: the whole record, from which it is read back. Link tables are kept without a rowid, as their
-- rows are short; tables of rows are not, as theirs are long. `_number` keys grow as rows are written, so that the rows of
-- one document lie together; they are the file's own, and mean nothing outside it. docs/store.md describes the tables.

CREATE TABLE record_document (
    document_number INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL UNIQUE,
    title TEXT,
    outlet TEXT,
    outlet_territory TEXT,
    author TEXT,
    published_start_date TEXT,
    published_end_date TEXT,
    published_precision TEXT,
    published_basis TEXT,
    uri TEXT NOT NULL,
    language TEXT NOT NULL,
    superseded_by TEXT REFERENCES record_document (document_id) DEFERRABLE INITIALLY DEFERRED,
    reader_version TEXT NOT NULL,
    text TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    rows_sha256 TEXT NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX record_document_by_published ON record_document (published_start_date, uri);
CREATE INDEX record_document_by_outlet ON record_document (outlet COLLATE NOCASE);
CREATE INDEX record_document_by_superseded ON record_document (superseded_by) WHERE superseded_by IS NOT NULL;

-- Every address under which a document was read. What an address says now is the document that is current for it.
CREATE TABLE record_document_uri (
    uri TEXT NOT NULL,
    document_id TEXT NOT NULL REFERENCES record_document (document_id),
    is_current INTEGER NOT NULL,
    PRIMARY KEY (uri, document_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX record_document_uri_current ON record_document_uri (uri) WHERE is_current = 1;
CREATE INDEX record_document_uri_by_document ON record_document_uri (document_id);

-- One row for each actor of the whole record: the union of what the documents say of it.
CREATE TABLE record_actor (
    actor_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    territory TEXT,
    sector TEXT,
    roles TEXT NOT NULL,
    is_current INTEGER NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX record_actor_by_territory ON record_actor (territory);

-- What single documents say of an actor; documents that say the same share a row.
CREATE TABLE record_actor_variant (
    variant_number INTEGER PRIMARY KEY,
    actor_id TEXT NOT NULL,
    json TEXT NOT NULL,
    UNIQUE (actor_id, json)
);
CREATE TABLE record_document_actor (
    document_id TEXT NOT NULL REFERENCES record_document (document_id),
    variant_number INTEGER NOT NULL REFERENCES record_actor_variant (variant_number),
    PRIMARY KEY (document_id, variant_number)
) WITHOUT ROWID;
CREATE INDEX record_document_actor_by_variant ON record_document_actor (variant_number);

CREATE TABLE record_mention (
    mention_number INTEGER PRIMARY KEY,
    mention_id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES record_document (document_id),
    evidence_start INTEGER NOT NULL,
    evidence_end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    use TEXT NOT NULL,
    actor_id TEXT,
    name TEXT NOT NULL,
    territory TEXT,
    sector TEXT,
    kind TEXT NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX record_mention_by_document ON record_mention (document_id, territory);
CREATE INDEX record_mention_by_actor ON record_mention (actor_id);

CREATE TABLE record_event (
    event_number INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES record_document (document_id),
    evidence_start INTEGER NOT NULL,
    evidence_end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    trigger TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    contexts TEXT NOT NULL,
    cameo TEXT NOT NULL,
    quad TEXT NOT NULL,
    goldstein REAL NOT NULL,
    start_date TEXT,
    end_date TEXT,
    date_precision TEXT,
    date_basis TEXT,
    place_id TEXT,
    place_name TEXT,
    place_territory TEXT,
    polarity TEXT NOT NULL,
    modality TEXT NOT NULL,
    confidence REAL NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX record_event_by_document ON record_event (document_id);
CREATE INDEX record_event_by_type ON record_event (type);
CREATE INDEX record_event_by_date ON record_event (start_date);

-- The sources and targets of events.
CREATE TABLE record_event_party (
    event_number INTEGER NOT NULL REFERENCES record_event (event_number) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('source', 'target')),
    position INTEGER NOT NULL,
    actor_id TEXT,
    name TEXT NOT NULL,
    territory TEXT,
    sector TEXT,
    kind TEXT NOT NULL,
    quote TEXT,
    PRIMARY KEY (event_number, role, position)
) WITHOUT ROWID;
CREATE INDEX record_event_party_by_territory ON record_event_party (territory, role);
CREATE INDEX record_event_party_by_name ON record_event_party (name COLLATE NOCASE, role);
CREATE INDEX record_event_party_by_actor ON record_event_party (actor_id, role);

CREATE TABLE record_claim (
    claim_number INTEGER PRIMARY KEY,
    claim_id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES record_document (document_id),
    evidence_start INTEGER NOT NULL,
    evidence_end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    contents TEXT NOT NULL,
    speaker_id TEXT,
    speaker_name TEXT,
    speaker_territory TEXT,
    speaker_sector TEXT,
    cue TEXT,
    cue_polarity TEXT NOT NULL,
    form TEXT NOT NULL,
    act TEXT NOT NULL,
    parent_claim_id TEXT REFERENCES record_claim (claim_id) DEFERRABLE INITIALLY DEFERRED,
    confidence REAL NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX record_claim_by_document ON record_claim (document_id);
CREATE INDEX record_claim_by_parent ON record_claim (parent_claim_id) WHERE parent_claim_id IS NOT NULL;
CREATE INDEX record_claim_by_speaker_territory ON record_claim (speaker_territory);
CREATE INDEX record_claim_by_speaker_name ON record_claim (speaker_name COLLATE NOCASE);
CREATE INDEX record_claim_by_speaker ON record_claim (speaker_id);

-- Whom a claim is about, with the stance taken, from -1 to 1.
CREATE TABLE record_claim_about (
    claim_number INTEGER NOT NULL REFERENCES record_claim (claim_number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    actor_id TEXT,
    name TEXT NOT NULL,
    territory TEXT,
    sector TEXT,
    kind TEXT NOT NULL,
    stance REAL,
    PRIMARY KEY (claim_number, position)
) WITHOUT ROWID;

CREATE TABLE record_figure (
    figure_number INTEGER PRIMARY KEY,
    figure_id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES record_document (document_id),
    evidence_start INTEGER NOT NULL,
    evidence_end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    value REAL,
    low REAL,
    high REAL,
    bound TEXT NOT NULL,
    unit TEXT,
    measure TEXT,
    "of" TEXT,
    territory TEXT,
    start_date TEXT,
    end_date TEXT,
    date_precision TEXT,
    date_basis TEXT,
    confidence REAL NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX record_figure_by_document ON record_figure (document_id);
CREATE INDEX record_figure_by_measure ON record_figure (measure);

CREATE TABLE record_moment (
    moment_number INTEGER PRIMARY KEY,
    moment_id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES record_document (document_id),
    evidence_start INTEGER NOT NULL,
    evidence_end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    kind TEXT NOT NULL,
    start_date TEXT,
    end_date TEXT,
    precision TEXT NOT NULL,
    value TEXT NOT NULL,
    basis TEXT NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX record_moment_by_document ON record_moment (document_id);
CREATE INDEX record_moment_by_date ON record_moment (start_date);

CREATE TABLE record_place (
    place_number INTEGER PRIMARY KEY,
    place_id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES record_document (document_id),
    evidence_start INTEGER NOT NULL,
    evidence_end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    name TEXT NOT NULL,
    geonameid INTEGER,
    latitude REAL,
    longitude REAL,
    precision TEXT NOT NULL,
    territory TEXT,
    confidence REAL NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX record_place_by_document ON record_place (document_id);
CREATE INDEX record_place_by_territory ON record_place (territory);

-- The chains of those who vouch for a row: position 0 is the article's author.
CREATE TABLE record_event_voice (
    event_number INTEGER NOT NULL REFERENCES record_event (event_number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    actor_id TEXT,
    name TEXT NOT NULL,
    territory TEXT,
    sector TEXT,
    kind TEXT NOT NULL,
    PRIMARY KEY (event_number, position)
) WITHOUT ROWID;
CREATE INDEX record_event_voice_by_territory ON record_event_voice (territory);
CREATE INDEX record_event_voice_by_name ON record_event_voice (name COLLATE NOCASE);
CREATE INDEX record_event_voice_by_actor ON record_event_voice (actor_id);

CREATE TABLE record_claim_voice (
    claim_number INTEGER NOT NULL REFERENCES record_claim (claim_number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    actor_id TEXT,
    name TEXT NOT NULL,
    territory TEXT,
    sector TEXT,
    kind TEXT NOT NULL,
    PRIMARY KEY (claim_number, position)
) WITHOUT ROWID;
CREATE INDEX record_claim_voice_by_territory ON record_claim_voice (territory);
CREATE INDEX record_claim_voice_by_name ON record_claim_voice (name COLLATE NOCASE);
CREATE INDEX record_claim_voice_by_actor ON record_claim_voice (actor_id);

CREATE TABLE record_figure_voice (
    figure_number INTEGER NOT NULL REFERENCES record_figure (figure_number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    actor_id TEXT,
    name TEXT NOT NULL,
    territory TEXT,
    sector TEXT,
    kind TEXT NOT NULL,
    PRIMARY KEY (figure_number, position)
) WITHOUT ROWID;
CREATE INDEX record_figure_voice_by_territory ON record_figure_voice (territory);
CREATE INDEX record_figure_voice_by_name ON record_figure_voice (name COLLATE NOCASE);
CREATE INDEX record_figure_voice_by_actor ON record_figure_voice (actor_id);

-- The words of documents and of rows, as they are searched.
CREATE VIRTUAL TABLE record_document_search USING fts5 (
    title, text, content = 'record_document', content_rowid = 'document_number',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE record_event_search USING fts5 (
    quote, content = 'record_event', content_rowid = 'event_number',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE record_claim_search USING fts5 (
    quote, content = 'record_claim', content_rowid = 'claim_number',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE record_figure_search USING fts5 (
    quote, content = 'record_figure', content_rowid = 'figure_number',
    tokenize = 'porter unicode61 remove_diacritics 2'
);

-- Documents that could not be read, and why. A row goes when its address is read later with success.
CREATE TABLE read_set_aside (
    uri TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    what TEXT NOT NULL,
    value TEXT,
    expected TEXT,
    todo TEXT
) WITHOUT ROWID;
