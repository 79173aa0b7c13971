// SQLCDriver
