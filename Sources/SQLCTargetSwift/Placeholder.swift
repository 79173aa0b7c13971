// SQLCTargetSwift
