-- What is found across documents: copies of one text, happenings, and what a person decided about them.
-- Tables begin with `relate_`; all but `relate_decision` can be made again from the record.

-- Documents whose rows came, changed or went out of view since they were last related.
CREATE TABLE relate_pending (
    document_id TEXT PRIMARY KEY REFERENCES record_document (document_id)
) WITHOUT ROWID;
INSERT INTO relate_pending SELECT document_id FROM record_document;
CREATE TRIGGER relate_pending_new AFTER INSERT ON record_document BEGIN
    INSERT OR IGNORE INTO relate_pending VALUES (new.document_id);
END;
CREATE TRIGGER relate_pending_changed AFTER UPDATE OF rows_sha256, superseded_by ON record_document
WHEN old.rows_sha256 IS NOT new.rows_sha256 OR old.superseded_by IS NOT new.superseded_by BEGIN
    INSERT OR IGNORE INTO relate_pending VALUES (new.document_id);
END;

-- With what the tables below were made: they are made anew where the program has other weights or words now.
CREATE TABLE relate_version (
    part TEXT PRIMARY KEY,
    version TEXT NOT NULL
) WITHOUT ROWID;

-- The witness a document counts as, for documents that have a near-copy: the smallest document_id among the copies.
CREATE TABLE relate_witness (
    document_id TEXT PRIMARY KEY,
    witness_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX relate_witness_by_witness ON relate_witness (witness_id);
-- Under which values the copies of a document are looked up.
CREATE TABLE relate_witness_band (
    value INTEGER NOT NULL,
    document_id TEXT NOT NULL,
    PRIMARY KEY (value, document_id)
) WITHOUT ROWID;

-- The telling words of each document, weighted (MessagePack).
CREATE TABLE relate_terms (
    document_id TEXT PRIMARY KEY,
    terms BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE relate_happening (
    happening_number INTEGER PRIMARY KEY,
    happening_id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    realm TEXT NOT NULL,
    start_date TEXT,
    end_date TEXT,
    witnesses INTEGER NOT NULL,
    cohesion REAL NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX relate_happening_by_date ON relate_happening (start_date);
CREATE INDEX relate_happening_by_type ON relate_happening (type);
-- Which happening an event is told of.
CREATE TABLE relate_happening_event (
    event_number INTEGER PRIMARY KEY REFERENCES record_event (event_number) ON DELETE CASCADE,
    happening_number INTEGER NOT NULL REFERENCES relate_happening (happening_number) ON DELETE CASCADE
);
CREATE INDEX relate_happening_event_by_happening ON relate_happening_event (happening_number);
CREATE TABLE relate_happening_party (
    happening_number INTEGER NOT NULL REFERENCES relate_happening (happening_number) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('source', 'target')),
    position INTEGER NOT NULL,
    actor_id TEXT,
    name TEXT NOT NULL,
    territory TEXT,
    PRIMARY KEY (happening_number, role, position)
) WITHOUT ROWID;
CREATE INDEX relate_happening_party_by_territory ON relate_happening_party (territory, role);

-- Tellings: events told in the very same words share one. `telling` (MessagePack) is what is compared.
CREATE TABLE relate_telling (
    telling_number INTEGER PRIMARY KEY,
    telling_key TEXT NOT NULL UNIQUE,
    event_id TEXT NOT NULL,
    happening_number INTEGER,
    telling BLOB NOT NULL
);
CREATE INDEX relate_telling_by_happening ON relate_telling (happening_number);
CREATE TABLE relate_telling_event (
    document_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    telling_number INTEGER NOT NULL,
    telling BLOB NOT NULL,
    PRIMARY KEY (document_id, event_id)
) WITHOUT ROWID;
CREATE INDEX relate_telling_event_by_telling ON relate_telling_event (telling_number);
-- Where tellings are looked for that may be one happening: under a hash of party and type, or of a rare word, by day.
CREATE TABLE relate_block (
    key INTEGER NOT NULL,
    day INTEGER NOT NULL,
    telling_number INTEGER NOT NULL,
    PRIMARY KEY (key, day, telling_number)
) WITHOUT ROWID;
-- What two tellings score, in thousandths of log-odds, both ways round; pairs at the floor are left out.
CREATE TABLE relate_edge (
    one INTEGER NOT NULL,
    other INTEGER NOT NULL,
    score INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
-- From a telling to another of a happening it hangs together with.
CREATE TABLE relate_link (
    one INTEGER NOT NULL,
    other INTEGER NOT NULL,
    kind TEXT NOT NULL,
    score INTEGER NOT NULL,
    PRIMARY KEY (one, other, kind)
) WITHOUT ROWID;
CREATE INDEX relate_link_by_other ON relate_link (other);

-- Append only: a person's merges and splits. An undo is a row of its own that names the decision it takes back.
CREATE TABLE relate_decision (
    decision_number INTEGER PRIMARY KEY,
    decision_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'undo')),
    json TEXT NOT NULL
);
-- In which texts the events of decisions stand.
CREATE TABLE relate_decision_event (
    decision_number INTEGER NOT NULL REFERENCES relate_decision (decision_number),
    side TEXT NOT NULL CHECK (side IN ('joined', 'parted')),
    position INTEGER NOT NULL,
    text_sha256 TEXT NOT NULL,
    PRIMARY KEY (decision_number, side, position)
) WITHOUT ROWID;
CREATE INDEX relate_decision_event_by_text ON relate_decision_event (text_sha256);
-- The tellings that standing decisions name.
CREATE TABLE relate_bond (
    decision_number INTEGER NOT NULL,
    side TEXT NOT NULL,
    telling_number INTEGER NOT NULL,
    PRIMARY KEY (decision_number, side, telling_number)
) WITHOUT ROWID;
CREATE INDEX relate_bond_by_telling ON relate_bond (telling_number);
