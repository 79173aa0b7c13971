// SQLCOracleSQLite
