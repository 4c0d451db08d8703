-- A store of version 1 as the program of 2026-11-22 made it (a toy sweep of two trials), dumped; its pictures
-- were replaced by a few bytes, two equal texts were added, and the machine's name was changed.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE artifact (
    sweep TEXT NOT NULL REFERENCES sweep (name),
    trial INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (sweep, trial, attempt, name)
) STRICT;
INSERT INTO "artifact" VALUES('old',1,1,'samples.png','image/png','91a306446e73d07e7f3b5a28892b7617df94f886a16ee0d6e0aaf8df5980ae94',X'0102030405060708090A0B0C0D0E0F101112131415161718');
INSERT INTO "artifact" VALUES('old',2,1,'samples.png','image/png','d95718cd57aa447ae8be1ea3d04dac8a69f428ba1d673e882954f2d8e5c6a1d5',X'02030405060708090A0B0C0D0E0F10111213141516171819');
INSERT INTO "artifact" VALUES('old',1,1,'same.txt','text/plain','7d95d9eeb9c191ad25da1c2014f6985c9a3094bf5065029ea0a79767f0522ce6',X'7468652073616D65206279746573');
INSERT INTO "artifact" VALUES('old',2,1,'same.txt','text/plain','7d95d9eeb9c191ad25da1c2014f6985c9a3094bf5065029ea0a79767f0522ce6',X'7468652073616D65206279746573');
CREATE TABLE event (
    sweep TEXT NOT NULL REFERENCES sweep (name),
    version INTEGER NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (sweep, version)
) STRICT;
INSERT INTO "event" VALUES('old',1,'{"version":1,"event":"sweep-submitted","name":"old","plan":{"spec":"{\"experiment\":\"toy\",\"metric\":{\"goal\":\"minimize\",\"name\":\"kl\"},\"name\":\"old\",\"parameters\":{\"initialisation.buffer_size\":2000,\"initialisation.reinitialisation\":0.05,\"initialisation.start\":\"buffer\",\"model.hidden\":64,\"sampler.form\":\"textbook\",\"sampler.noise\":0.005,\"sampler.step_size\":0.1,\"sampler.steps\":2,\"sampler.value_clip\":\"none\",\"training.batch_size\":16,\"training.beta1\":0.9,\"training.beta2\":0.999,\"training.data_noise\":0,\"training.energy_l2\":0,\"training.gradient_norm\":\"none\",\"training.learning_rate\":0.001,\"training.updates\":20},\"question\":\"Is a store of version 1 read by this program?\",\"replicates\":2,\"retries\":2,\"seed\":3}","question":"Is a store of version 1 read by this program?","experiment":"toy","data":null,"seed":3,"retries":2,"metric":{"name":"kl","goal":"minimize"},"swept":[],"ignored":[],"configurations":[{"id":"44136fa3","swept":{},"resolved":{"initialisation.buffer_size":2000,"initialisation.reinitialisation":0.05,"initialisation.start":"buffer","model.hidden":64,"sampler.form":"textbook","sampler.step_size":0.1,"sampler.steps":2,"sampler.value_clip":"none","training.batch_size":16,"training.beta1":0.9,"training.beta2":0.999,"training.data_noise":0,"training.energy_l2":0,"training.gradient_norm":"none","training.learning_rate":0.001,"training.updates":20}}],"trials":[{"number":1,"configuration":"44136fa3","replicate":1},{"number":2,"configuration":"44136fa3","replicate":2}]},"program":"4b1bf39473494efa","command":"71f9b9663cc24fceaceb58d671061aae","at":"2026-11-23T01:56:29.0650529+00:00"}');
INSERT INTO "event" VALUES('old',2,'{"version":1,"event":"attempt-started","attempt":"old/1.1","place":{"worker":"box-1","slot":1,"processId":10261},"environment":{"device":"AMD EPYC (AVX2 and FMA)","kernel":"libtorch-cpu","libraries":{"dotnet":"10.0.12","libtorch":"1.13.0"},"program":"4b1bf39473494efa"},"command":"784db2f8f5d04c56bc5a584f820d647d","at":"2026-11-23T01:56:31.0048624+00:00"}');
INSERT INTO "event" VALUES('old',3,'{"version":1,"event":"attempt-finished","attempt":"old/1.1","outcome":"completed","reason":"","logTail":"","lastBatch":1,"command":"fffa6157b7494136a1f16d7ba281c388","at":"2026-11-23T01:56:31.4764025+00:00"}');
INSERT INTO "event" VALUES('old',4,'{"version":1,"event":"trial-ended","trial":1,"outcome":"completed","command":"fffa6157b7494136a1f16d7ba281c388","at":"2026-11-23T01:56:31.4764025+00:00"}');
INSERT INTO "event" VALUES('old',5,'{"version":1,"event":"attempt-started","attempt":"old/2.1","place":{"worker":"box-1","slot":1,"processId":10261},"environment":{"device":"AMD EPYC (AVX2 and FMA)","kernel":"libtorch-cpu","libraries":{"dotnet":"10.0.12","libtorch":"1.13.0"},"program":"4b1bf39473494efa"},"command":"220237db1c404d09967e4c488df0b120","at":"2026-11-23T01:56:31.4931464+00:00"}');
INSERT INTO "event" VALUES('old',6,'{"version":1,"event":"attempt-finished","attempt":"old/2.1","outcome":"completed","reason":"","logTail":"","lastBatch":1,"command":"d9769feeb3a042878448a3efaca953ee","at":"2026-11-23T01:56:31.6023157+00:00"}');
INSERT INTO "event" VALUES('old',7,'{"version":1,"event":"trial-ended","trial":2,"outcome":"completed","command":"d9769feeb3a042878448a3efaca953ee","at":"2026-11-23T01:56:31.6023157+00:00"}');
INSERT INTO "event" VALUES('old',8,'{"version":1,"event":"sweep-completed","command":"d9769feeb3a042878448a3efaca953ee","at":"2026-11-23T01:56:31.6023157+00:00"}');
CREATE TABLE lease (
    sweep TEXT NOT NULL REFERENCES sweep (name),
    trial INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    worker TEXT NOT NULL,
    session TEXT NOT NULL,
    ends_at INTEGER NOT NULL,
    PRIMARY KEY (sweep, trial)
) STRICT;
CREATE TABLE metric_batch (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    sweep TEXT NOT NULL REFERENCES sweep (name),
    trial INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    number INTEGER NOT NULL,
    first_step INTEGER NOT NULL,
    last_step INTEGER NOT NULL,
    packed BLOB NOT NULL,
    UNIQUE (sweep, trial, attempt, number)
) STRICT;
INSERT INTO "metric_batch" VALUES(1,'old',1,1,1,10,20,X'01110A046C6F7373106C6F73735F636F6E74726173746976650E6C6F73735F656E657267795F6C320B656E657267795F646174610E656E657267795F73616D706C65730367617012757064617465735F7065725F7365636F6E64066761705F7364026B6C056C6F675F7A000102030405060001020304050607080914000000000000140000000000000000000000004041A3B8BF0000003F41A3B8BF3B807B01A953AE3F000000E871DFAB3F000080197D49C33F0000003F41A3B83F91EE91BD95447240000000401C2ED4BF000000831C2ED4BFF21264E7F73AE63F00008033B154D23F000040DB6641E33F000000831C2ED43FD019ACD01984944049E65BCF3767BC3F9B2CB77E6515F73F2EDA1E2133750D40');
INSERT INTO "metric_batch" VALUES(2,'old',2,1,1,10,20,X'01110A046C6F7373106C6F73735F636F6E74726173746976650E6C6F73735F656E657267795F6C320B656E657267795F646174610E656E657267795F73616D706C65730367617012757064617465735F7065725F7365636F6E64066761705F7364026B6C056C6F675F7A0001020304050600010203040506070809140000000000001400000000000000000000000020011ECEBF000000FE001ECEBF0E11ABDB6815D13F0000004C4396C93F0000002522DADB3F000000FE001ECE3FC6566D7704A68B40000000402FBFCFBF0000005F2FBFCFBF0E063F5010A9E13F0000006C1F54D43F0000C08DDB19E23F0000005F2FBFCF3F6FB1A1F0322D91409CDC9D3EC99DBD3F4CD36D6C005AF63FCB9E31374CF20B40');
CREATE TABLE store (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
INSERT INTO "store" VALUES('engine','sql');
INSERT INTO "store" VALUES('version','1');
INSERT INTO "store" VALUES('beat_ms','10000');
INSERT INTO "store" VALUES('lease_ms','60000');
INSERT INTO "store" VALUES('cut_off_limit_ms','900000');
CREATE TABLE sweep (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    base_name TEXT NOT NULL,
    spec TEXT NOT NULL,
    program TEXT NOT NULL,
    experiment TEXT NOT NULL,
    submitted_at TEXT NOT NULL,
    trials INTEGER NOT NULL,
    is_completed INTEGER NOT NULL DEFAULT 0,
    command TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO "sweep" VALUES(1,'old','old','{"experiment":"toy","metric":{"goal":"minimize","name":"kl"},"name":"old","parameters":{"initialisation.buffer_size":2000,"initialisation.reinitialisation":0.05,"initialisation.start":"buffer","model.hidden":64,"sampler.form":"textbook","sampler.noise":0.005,"sampler.step_size":0.1,"sampler.steps":2,"sampler.value_clip":"none","training.batch_size":16,"training.beta1":0.9,"training.beta2":0.999,"training.data_noise":0,"training.energy_l2":0,"training.gradient_norm":"none","training.learning_rate":0.001,"training.updates":20},"question":"Is a store of version 1 read by this program?","replicates":2,"retries":2,"seed":3}','4b1bf39473494efa','toy','2026-11-23T01:56:29.0650529+00:00',2,1,'71f9b9663cc24fceaceb58d671061aae');
CREATE INDEX metric_batch_of_sweep ON metric_batch (sweep);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('sweep',1);
INSERT INTO "sqlite_sequence" VALUES('metric_batch',2);
COMMIT;
