// What the tool says of itself: the configuration's schema, the manual page, completions for shells.

import Foundation
import Testing

@Suite struct ReferenceTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// `sqlc-swift jsonschema > editors/sqlc-swift.schema.json` writes it again.
  @Test func theCommittedSchemaIsThatOfTheReader() throws {
    let file = Self.root.appending(path: "editors/sqlc-swift.schema.json")
    #expect(try run(["jsonschema"]).output == String(contentsOf: file, encoding: .utf8))
  }

  @Test func theSchemaIsJSONWithEveryTopKey() throws {
    let object = try JSONSerialization.jsonObject(with: Data(run(["jsonschema"]).output.utf8)) as? [String: Any]
    let properties = try #require(object?["properties"] as? [String: Any])
    #expect(Set(properties.keys) == ["version", "sql", "faces", "overrides", "rules", "vet", "fmt"])
    #expect(object?["required"] as? [String] == ["sql", "version"])
  }

  /// Every command and every option of its help is there, and `man` has nothing to complain of.
  @Test func theManualHasEveryCommand() throws {
    let page = try run(["man"]).output
    #expect(page.hasPrefix(".TH SQLC-SWIFT 1 "))
    for line in page.split(separator: "\n") where line.hasPrefix(".") {
      #expect([".TH", ".SH", ".SS", ".PP", ".TP", ".B"].contains { line.hasPrefix($0) }, "\(line)")
    }
    let help = try run(["--help"]).output
    let commands = (help.components(separatedBy: "SUBCOMMANDS:").last ?? "").split(separator: "\n")
      .compactMap { $0.firstMatch(of: #/^  ([a-z]+)  /#).map { String($0.1) } }
    #expect(commands.count > 15)
    for command in commands {
      #expect(page.contains(".SS \(command)\n"), "\(command)")
      for option in try run([command, "--help"]).output.matches(of: #/--[a-z-]+/#) {
        #expect(page.contains(option.output.replacing("-", with: "\\-")), "\(command) \(option.output)")
      }
    }
    guard let groff = installed("groff") else { return }
    let result = try start(groff, ["-man", "-Tutf8", "-ww", "-z"], input: page)
    #expect(result.exit == 0 && result.error.isEmpty, "\(result.error)")
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func completionsOfAShell(_ shell: String) throws {
    let script = try run(["--generate-completion-script", shell]).output
    #expect(script.contains("migrate") && script.contains("deny") && script.contains("squash"))
    guard let program = installed(shell) else { return }
    let check = try start(program, [shell == "fish" ? "--no-execute" : "-n"], input: script)
    #expect(check.exit == 0, "\(check.error)")
    guard shell == "bash" else { return }
    // As bash asks when Tab is pressed.
    func completed(_ words: String) throws -> [String] {
      let ask =
        script + """

          COMP_WORDS=(\(words)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE="\(words)"; COMP_POINT=${#COMP_LINE}
          function=$(complete -p sqlc-swift | sed 's/.*-F \\([^ ]*\\).*/\\1/')
          "$function" sqlc-swift "${COMP_WORDS[$COMP_CWORD]}" "${COMP_WORDS[$((COMP_CWORD - 1))]}" 2> /dev/null
          printf '%s\\n' "${COMPREPLY[@]}"
          """
      return try start(program, [], input: ask).output.split(whereSeparator: \.isWhitespace).map(String.init)
    }
    #expect(try completed("sqlc-swift gen").contains("generate"))
    #expect(try completed("sqlc-swift migrate squ").contains("squash"))
    #expect(try completed("sqlc-swift vet --den").contains("--deny"))
  }

  private func installed(_ program: String) -> URL? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { URL(filePath: String($0)).appending(path: program) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  private func start(_ program: URL, _ arguments: [String], input: String) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-reference-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["in", "out", "err"].map { folder.appending(path: $0) }
    try Data(input.utf8).write(to: files[0])
    for file in files.dropFirst() { try Data().write(to: file) }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return Result(
      exit: process.terminationStatus, output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      error: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }
}
