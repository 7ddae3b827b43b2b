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

-- The witness a document counts as: the smallest document_id among the near-copies of one text.
CREATE TABLE relate_witness (
    document_id TEXT PRIMARY KEY REFERENCES record_document (document_id),
    witness_id TEXT NOT NULL,
    signature BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX relate_witness_by_witness ON relate_witness (witness_id);
CREATE TABLE relate_witness_band (
    band INTEGER NOT NULL,
    value INTEGER NOT NULL,
    document_id TEXT NOT NULL REFERENCES record_document (document_id),
    PRIMARY KEY (band, value, document_id)
) WITHOUT ROWID;
CREATE INDEX relate_witness_band_by_document ON relate_witness_band (document_id);

CREATE TABLE relate_happening (
    happening_number INTEGER PRIMARY KEY,
    happening_id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    start_date TEXT,
    end_date TEXT,
    witnesses INTEGER NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX relate_happening_by_date ON relate_happening (start_date);
CREATE INDEX relate_happening_by_type ON relate_happening (type);
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

-- Append only: a person's merges and splits. An undo is a row of its own that names the decision it takes back.
CREATE TABLE relate_decision (
    decision_number INTEGER PRIMARY KEY,
    decision_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'undo')),
    json TEXT NOT NULL
);
