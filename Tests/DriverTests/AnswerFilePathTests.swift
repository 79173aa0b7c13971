// Each block's answers have a file of their own.

import SQLCAnalysis
import Testing

@Suite struct AnswerFilePathTests {
  @Test(arguments: [
    ("Generated", "sqlc-snapshots/Generated.jsonl"),
    ("Sources/Store/Generated", "sqlc-snapshots/Sources-Store-Generated.jsonl"),
    ("../Sources/Store", "sqlc-snapshots/..-Sources-Store.jsonl"), ("..", "sqlc-snapshots/...jsonl"),
  ])
  func liesInOneFolder(out: String, path: String) { #expect(answerFilePath(out: out) == path) }

  @Test func twoFoldersNeverShareOne() {
    let outs = ["a/b", "a-b", "a%2Db", "a%b", "a\\b", "a%5Cb", "a//b", "a--b", "a/-b", "a-/b"]
    #expect(Set(outs.map { answerFilePath(out: $0) }).count == outs.count)
  }
}
