-- What the relation index reads: each happening between two parties, as it is weighed, in one place. A party is a territory
-- or, where an actor acts for none, the actor. `day` is the ordinal of the middle of its interval, 0 where neither words nor
-- articles give any; `span` how many days lie between its first and its last. Can be made again from the record and the
-- published table of weights.
CREATE TABLE relate_index (
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    day INTEGER NOT NULL,
    span INTEGER NOT NULL,
    happening_id TEXT NOT NULL,
    happening_number INTEGER NOT NULL REFERENCES relate_happening (happening_number) ON DELETE CASCADE,
    type TEXT NOT NULL,
    score REAL NOT NULL,
    type_weight REAL NOT NULL,
    standing REAL NOT NULL,
    witnesses INTEGER NOT NULL,
    PRIMARY KEY (source, target, day, span, happening_id)
) WITHOUT ROWID;
CREATE INDEX relate_index_by_happening ON relate_index (happening_number);

-- The state of the table of weights by which the rows were weighed.
CREATE TABLE relate_index_basis (digest TEXT NOT NULL);

-- Happenings whose rows above are behind.
CREATE TABLE relate_index_pending (happening_number INTEGER PRIMARY KEY);
INSERT INTO relate_index_pending SELECT happening_number FROM relate_happening;
CREATE TRIGGER relate_index_new AFTER INSERT ON relate_happening BEGIN
    INSERT OR IGNORE INTO relate_index_pending VALUES (new.happening_number);
END;
CREATE TRIGGER relate_index_changed AFTER UPDATE ON relate_happening BEGIN
    INSERT OR IGNORE INTO relate_index_pending VALUES (new.happening_number);
END;
CREATE TRIGGER relate_index_event_new AFTER INSERT ON relate_happening_event BEGIN
    INSERT OR IGNORE INTO relate_index_pending VALUES (new.happening_number);
END;
CREATE TRIGGER relate_index_event_changed AFTER UPDATE ON relate_happening_event BEGIN
    INSERT OR IGNORE INTO relate_index_pending VALUES (old.happening_number);
    INSERT OR IGNORE INTO relate_index_pending VALUES (new.happening_number);
END;
CREATE TRIGGER relate_index_event_gone AFTER DELETE ON relate_happening_event BEGIN
    INSERT OR IGNORE INTO relate_index_pending VALUES (old.happening_number);
END;
CREATE TRIGGER relate_index_party_new AFTER INSERT ON relate_happening_party BEGIN
    INSERT OR IGNORE INTO relate_index_pending VALUES (new.happening_number);
END;
CREATE TRIGGER relate_index_party_gone AFTER DELETE ON relate_happening_party BEGIN
    INSERT OR IGNORE INTO relate_index_pending VALUES (old.happening_number);
END;
CREATE TRIGGER relate_index_witness_new AFTER INSERT ON relate_witness
WHEN new.witness_id <> new.document_id BEGIN
    INSERT OR IGNORE INTO relate_index_pending SELECT h.happening_number FROM record_event e
    JOIN relate_happening_event h ON h.event_number = e.event_number WHERE e.document_id = new.document_id;
END;
CREATE TRIGGER relate_index_witness_changed AFTER UPDATE OF witness_id ON relate_witness
WHEN old.witness_id <> new.witness_id BEGIN
    INSERT OR IGNORE INTO relate_index_pending SELECT h.happening_number FROM record_event e
    JOIN relate_happening_event h ON h.event_number = e.event_number WHERE e.document_id = new.document_id;
END;
CREATE TRIGGER relate_index_witness_gone AFTER DELETE ON relate_witness
WHEN old.witness_id <> old.document_id BEGIN
    INSERT OR IGNORE INTO relate_index_pending SELECT h.happening_number FROM record_event e
    JOIN relate_happening_event h ON h.event_number = e.event_number WHERE e.document_id = old.document_id;
END;
