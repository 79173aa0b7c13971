// SQLCQueryFile
