// SQLCModel
