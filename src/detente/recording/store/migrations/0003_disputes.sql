-- Versions of one matter that cannot all hold. All of it can be made again from the record.
CREATE TABLE relate_dispute (
    dispute_number INTEGER PRIMARY KEY,
    dispute_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    start_date TEXT,
    end_date TEXT,
    confidence REAL NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX relate_dispute_by_kind ON relate_dispute (kind);
CREATE INDEX relate_dispute_by_date ON relate_dispute (start_date);
CREATE TABLE relate_dispute_version (
    dispute_number INTEGER NOT NULL REFERENCES relate_dispute (dispute_number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    row_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    PRIMARY KEY (dispute_number, position, row_id)
) WITHOUT ROWID;
CREATE INDEX relate_dispute_version_by_row ON relate_dispute_version (row_id);
CREATE INDEX relate_dispute_version_by_document ON relate_dispute_version (document_id);
CREATE TABLE relate_dispute_territory (
    dispute_number INTEGER NOT NULL REFERENCES relate_dispute (dispute_number) ON DELETE CASCADE,
    territory TEXT NOT NULL,
    PRIMARY KEY (dispute_number, territory)
) WITHOUT ROWID;
CREATE INDEX relate_dispute_territory_by_territory ON relate_dispute_territory (territory);

-- The statements that a dispute was made of, by their own ids, which are hashes of where they stand.
CREATE TABLE relate_dispute_statement (
    statement_id TEXT NOT NULL,
    dispute_number INTEGER NOT NULL REFERENCES relate_dispute (dispute_number) ON DELETE CASCADE,
    PRIMARY KEY (statement_id, dispute_number)
) WITHOUT ROWID;
CREATE INDEX relate_dispute_statement_by_dispute ON relate_dispute_statement (dispute_number);

-- What a row states that another could contradict, with all that is needed to hold it against others, and the keys under
-- which rows that may be of one matter meet.
CREATE TABLE relate_statement (
    statement_number INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES record_document (document_id),
    json TEXT NOT NULL
);
CREATE INDEX relate_statement_by_document ON relate_statement (document_id);
CREATE TABLE relate_statement_key (
    key TEXT NOT NULL,
    statement_number INTEGER NOT NULL REFERENCES relate_statement (statement_number) ON DELETE CASCADE,
    PRIMARY KEY (key, statement_number)
) WITHOUT ROWID;
CREATE INDEX relate_statement_key_by_statement ON relate_statement_key (statement_number);

-- By which rules the statements were made. Where the program has others, all are made again.
CREATE TABLE relate_statement_rules (
    rules TEXT NOT NULL
);

-- Documents whose rows, happenings or copies changed since disputes were last settled.
CREATE TABLE relate_dispute_pending (
    document_id TEXT PRIMARY KEY REFERENCES record_document (document_id)
) WITHOUT ROWID;
INSERT INTO relate_dispute_pending SELECT document_id FROM record_document;
CREATE TRIGGER relate_dispute_pending_new AFTER INSERT ON record_document BEGIN
    INSERT OR IGNORE INTO relate_dispute_pending VALUES (new.document_id);
END;
CREATE TRIGGER relate_dispute_pending_changed AFTER UPDATE OF rows_sha256, superseded_by ON record_document
WHEN old.rows_sha256 IS NOT new.rows_sha256 OR old.superseded_by IS NOT new.superseded_by BEGIN
    INSERT OR IGNORE INTO relate_dispute_pending VALUES (new.document_id);
END;
CREATE TRIGGER relate_dispute_pending_joined AFTER INSERT ON relate_happening_event BEGIN
    INSERT OR IGNORE INTO relate_dispute_pending
        SELECT document_id FROM record_event WHERE event_number = new.event_number;
END;
CREATE TRIGGER relate_dispute_pending_left AFTER DELETE ON relate_happening_event BEGIN
    INSERT OR IGNORE INTO relate_dispute_pending
        SELECT document_id FROM record_event WHERE event_number = old.event_number;
END;
CREATE TRIGGER relate_dispute_pending_copied AFTER INSERT ON relate_witness BEGIN
    INSERT OR IGNORE INTO relate_dispute_pending VALUES (new.document_id);
END;
CREATE TRIGGER relate_dispute_pending_copy_changed AFTER UPDATE OF witness_id ON relate_witness
WHEN old.witness_id IS NOT new.witness_id BEGIN
    INSERT OR IGNORE INTO relate_dispute_pending VALUES (new.document_id);
END;
