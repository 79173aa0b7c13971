// Sessions of real editors, as they were recorded: what they send is answered as it was.

import EditorTrials
import Foundation
import SQLCLanguageProtocol
import Testing

@Suite struct ReplayTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Recordings")

  /// `scripts/try-neovim TOOL Tests/LanguageServerTests/Recordings/neovim.jsonl` records it; `UPDATE_REFERENCES=1` writes the
  /// answers and fails.
  @Test func neovim() throws {
    let text = try String(contentsOf: Self.folder.appending(path: "neovim.jsonl"), encoding: .utf8)
      .replacing("ROOT", with: "/project")
    let messages = try text.split(separator: "\n").map { IncomingMessage(try JSON(parsing: String($0))) }
    #expect(messages.count > 10)
    let client = TestClient(try TestProject.files())
    var answers: [String] = []
    for message in messages {
      client.send(message)
      guard case .request(let id, let method, _) = message else { continue }
      switch try client.answer(to: id) {
      case .result(_, let value): answers.append("\(method): \(value.text)")
      case .failure(_, let error): answers.append("\(method): error \(error.code.rawValue): \(error.message)")
      case .notification, .request: break
      }
    }
    #expect(client.exitStatus() == 0)
    let file = Self.folder.appending(path: "neovim-answers.txt")
    let found = answers.joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["UPDATE_REFERENCES"] == "1" {
      try Data(found.utf8).write(to: file)
      Issue.record("wrote \(file.lastPathComponent); run again without UPDATE_REFERENCES")
      return
    }
    #expect(found == (try String(contentsOf: file, encoding: .utf8)))
  }
}
