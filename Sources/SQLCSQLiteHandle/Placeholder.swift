// SQLCSQLiteHandle
