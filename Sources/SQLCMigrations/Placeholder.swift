// SQLCMigrations
