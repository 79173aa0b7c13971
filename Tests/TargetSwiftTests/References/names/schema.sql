CREATE TABLE tasks (id INTEGER PRIMARY KEY, "default" TEXT NOT NULL, "self" TEXT NOT NULL, "init" TEXT, "Type" TEXT NOT NULL, "hashValue" INTEGER NOT NULL);
CREATE TABLE strings (id INTEGER PRIMARY KEY, "2fa" TEXT NOT NULL, "größe (cm)" REAL, "first name" TEXT, "first_name" TEXT, "firstName2" TEXT, "!" TEXT, "_" TEXT, "row" INTEGER, "first" INTEGER, "description" TEXT);
CREATE TABLE queries (id INTEGER PRIMARY KEY, "Protocol" TEXT, "in" TEXT, "Any" TEXT, "extension" TEXT, "await" TEXT, "actor" TEXT);
CREATE TABLE "名前" ("番号" INTEGER PRIMARY KEY, "値" TEXT NOT NULL);
