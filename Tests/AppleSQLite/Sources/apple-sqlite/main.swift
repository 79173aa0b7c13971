// Everything works but extensions, and those say why they do not.

import SQLCRuntime

let database = try await Database.inMemory()
try await database.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, title TEXT NOT NULL)")
try await database.execute("INSERT INTO notes (title) VALUES ('first')")
await database.close()

var configuration = Configuration()
configuration.extensions = [.init(path: "/nowhere/vector.so")]
do {
  _ = try await Database.inMemory(configuration: configuration)
  fatalError("an extension was loaded")
} catch {
  guard "\(error)".contains("this system's SQLite loads no extensions") else { fatalError("\(error)") }
}
print("as on Apple's systems")
