// SQLCConfiguration
