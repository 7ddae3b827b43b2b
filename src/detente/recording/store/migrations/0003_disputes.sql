-- Versions of one matter that cannot all hold. Can be made again from the record.
CREATE TABLE relate_dispute (
    dispute_number INTEGER PRIMARY KEY,
    dispute_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    start_date TEXT,
    end_date TEXT,
    json TEXT NOT NULL
);
CREATE INDEX relate_dispute_by_kind ON relate_dispute (kind);
CREATE INDEX relate_dispute_by_date ON relate_dispute (start_date);
CREATE TABLE relate_dispute_version (
    dispute_number INTEGER NOT NULL REFERENCES relate_dispute (dispute_number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    row_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    PRIMARY KEY (dispute_number, position)
) WITHOUT ROWID;
CREATE INDEX relate_dispute_version_by_row ON relate_dispute_version (row_id);
CREATE INDEX relate_dispute_version_by_document ON relate_dispute_version (document_id);
CREATE TABLE relate_dispute_territory (
    dispute_number INTEGER NOT NULL REFERENCES relate_dispute (dispute_number) ON DELETE CASCADE,
    territory TEXT NOT NULL,
    PRIMARY KEY (dispute_number, territory)
) WITHOUT ROWID;
CREATE INDEX relate_dispute_territory_by_territory ON relate_dispute_territory (territory);
