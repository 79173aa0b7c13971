// SQLCRuntime
