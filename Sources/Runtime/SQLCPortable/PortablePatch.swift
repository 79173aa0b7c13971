// What a caller says of a column of `sqlc.patch`: the runtimes have it from the same place.

@_exported public import enum SQLCRuntimeKit.PatchValue
