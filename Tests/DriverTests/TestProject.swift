// A small project on a disk in memory, and the commands run on it.

import SQLCAnalysis
import SQLCDriver

let configuration = """
  version: "2"
  sql:
    - engine: sqlite
      schema: schema
      queries: queries
      gen:
        swift:
          out: Generated

  """

let schema = "CREATE TABLE agents (\n  id INTEGER PRIMARY KEY,\n  name TEXT NOT NULL\n);\n"
let queries = "-- name: GetAgent :one\nSELECT * FROM agents WHERE id = ?;\n"

/// A project in `/p` that is all right, with some files replaced, added or (`nil`) left out.
func project(_ changes: [String: String?] = [:]) -> MemoryFileSystem {
  var files: [String: String] = [
    "/p/sqlc-swift.yaml": configuration, "/p/schema/001_agents.sql": schema, "/p/queries/agents.sql": queries,
  ]
  for (path, text) in changes { files["/p/" + path] = text }
  return MemoryFileSystem(files)
}

func context(_ disk: MemoryFileSystem, workingDirectory: String = "/p", directory: String? = nil, file: String? = nil)
  -> CommandContext
{
  CommandContext(
    location: ProjectLocation(file: file, directory: directory, workingDirectory: workingDirectory), fileSystem: disk)
}
