print("sqlc-swift")
