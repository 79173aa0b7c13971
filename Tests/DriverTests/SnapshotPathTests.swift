// Each block's snapshot has a file of its own.

import SQLCDriver
import Testing

@Suite struct SnapshotPathTests {
  @Test(arguments: [
    ("Generated", "sqlc-snapshots/Generated.jsonl"),
    ("Sources/Store/Generated", "sqlc-snapshots/Sources-Store-Generated.jsonl"),
    ("../Sources/Store", "sqlc-snapshots/..-Sources-Store.jsonl"), ("..", "sqlc-snapshots/...jsonl"),
  ])
  func liesInOneFolder(out: String, path: String) { #expect(snapshotPath(out: out) == path) }

  @Test func twoFoldersNeverShareOne() {
    let outs = ["a/b", "a-b", "a%2Db", "a%b", "a\\b", "a%5Cb", "a//b", "a--b", "a/-b", "a-/b"]
    #expect(Set(outs.map { snapshotPath(out: $0) }).count == outs.count)
  }
}
