// SQLCEngineSQLite
