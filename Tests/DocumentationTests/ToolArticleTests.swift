// Every sample of README.md and of the tool's articles is generated from, compiled and run.

import DocumentationSamples
import Foundation
import Testing

@Suite struct ToolArticleTests {
  private static let articleFiles: [URL] = {
    let folder = packageRoot.appending(path: "Sources/Clients/sqlc-swift/Documentation.docc")
    // Others try those: `DiagnosticExamplesTests`, `TwoEnginesArticleTests`.
    let others = ((try? articles(in: folder)) ?? []).filter {
      $0.lastPathComponent != "DiagnosticExamples.md" && $0.lastPathComponent != "TwoEngines.md"
    }
    return [packageRoot.appending(path: "README.md")] + others
  }()

  private static func samples(_ language: String) throws -> [Sample] {
    try articleFiles.flatMap { try DocumentationSamples.samples(language, in: $0) }
  }

  /// A project of the folder `Projects`, and the program that uses what is generated for it.
  static let programs = [
    ("Overview", "ReadmeOverview"), ("Queries", "QueriesArticle"), ("Migrations", "MigrationsStart"),
    ("Functions", "ConfigurationFunctions"),
  ]
  /// Whole packages, and the scripts that make them of these samples, commands included.
  private static let ofPackages = [
    "README/Sixty seconds to a first query": "try-readme", "GettingStarted/": "try-readme",
    "GettingStartedPostgreSQL/": "try-readme", "BuildPlugin/": "try-build-plugin",
  ]

  private let here = URL(filePath: #filePath).deletingLastPathComponent()

  @Test(arguments: programs, DefaultIsolation.allCases)
  func compilesAndRuns(names: (project: String, program: String), isolation: DefaultIsolation) throws {
    let program = try SampleProgram(
      here.appending(path: "Programs/\(names.program).swift"), samples: try Self.samples("swift"))
    try #require(!program.samples.isEmpty)
    try withFolder { folder in
      try generate(names.project, in: folder)
      let generated = folder.appending(path: "Generated")
      let files = try FileManager.default.contentsOfDirectory(atPath: generated.path).filter { $0.hasSuffix(".swift") }
      let others = files.sorted().map { generated.appending(path: $0) }
      try run(try program.build(isolation, with: others, in: folder).path, in: folder)
    }
  }

  /// The configuration that names a module of the reader's.
  @Test func theFirstConfigurationGenerates() throws {
    try withFolder { folder in try generate("Manifest", in: folder) }
  }

  /// The rules of the articles are asked, and find what they are about.
  @Test(arguments: ["Vet", "VetOverview"]) func theRulesAreAsked(project: String) throws {
    try withFolder { folder in
      try generate(project, in: folder)
      let error = #expect(throws: SampleError.self) {
        try run(packageRoot.appending(path: ".build/debug/sqlc-swift").path, ["vet"], in: folder)
      }
      let text = error?.description ?? ""
      #expect(text.contains("team/short-names") && text.contains("isolation/unrestricted-rows"), "\(text)")
    }
  }

  /// Plans are written down where the configuration says, and asked by the reader's rule.
  @Test func theRuleAboutPlansIsAsked() throws {
    try withFolder { folder in
      try generate("Plans", in: folder)
      let tool = packageRoot.appending(path: ".build/debug/sqlc-swift").path
      _ = try? run(tool, ["vet", "--write-plans"], in: folder)
      let plans = try String(contentsOf: folder.appending(path: "plans.txt"), encoding: .utf8)
      #expect(plans.contains("NewestEvents") && plans.contains("NightlyEventsOfAKind"))
      var found = ""
      do { found = try run(tool, ["vet"], in: folder) } catch let error as SampleError { found = error.description }
      #expect(found.contains("'NewestEvents' sorts events") && found.contains("team/no-sorts-of-events"), "\(found)")
      #expect(!found.contains("'NightlyEventsOfAKind'") && !found.contains("unused"), "\(found)")
    }
  }

  /// The pack says what the article says, and the reader's rule is asked.
  @Test func whatIsNotPortableIsSaid() throws {
    try withFolder { folder in
      try generate("Portable", in: folder)
      let tool = packageRoot.appending(path: ".build/debug/sqlc-swift").path
      var found = ""
      do { found = try run(tool, ["vet"], in: folder) } catch let error as SampleError { found = error.description }
      #expect(
        found.contains("'name LIKE @name' does not look at the case of letters here, and does on PostgreSQL"),
        "\(found)")
      #expect(found.contains("'last_seen' can be NULL, which comes first here and last on PostgreSQL"), "\(found)")
      #expect(found.contains("team/no-random-order") && !found.contains("portable/text-order"), "\(found)")
    }
  }

  /// It is a configuration: all that is missing is the server of the reader.
  @Test func thePostgreSQLConfigurationIsRead() throws {
    try withFolder { folder in
      let error = #expect(throws: SampleError.self) { try generate("PostgreSQL", in: folder) }
      let text = error?.description ?? ""
      #expect(text.contains("postgresql/no-server") && !text.contains("configuration/"), "\(text)")
    }
  }

  /// Where there is a server, what the article says generates; elsewhere only the server is missing.
  @Test func thePostgreSQLArticleGenerates() throws {
    try withFolder { folder in
      do {
        try generate("PostgreSQLArticle", in: folder)
        let models = folder.appending(path: "Sources/Store/Generated/Models.swift")
        #expect(try String(contentsOf: models, encoding: .utf8).contains("var tags: [String]\n"))
      } catch let error as SampleError {
        #expect(error.description.contains("postgresql/no-server"), "\(error)")
      }
    }
  }

  /// The samples about testing are tests, which run with the others.
  @Test func samplesAboutTestingAreTests() throws {
    let file = packageRoot.appending(path: "Tests/TestingSupportTests/SampleTests.swift")
    let tests = try String(contentsOf: file, encoding: .utf8)
    let samples = try Self.samples("swift").filter { $0.name.hasPrefix("Testing/") }
    #expect(samples.count == 1)
    for sample in samples { #expect(tests.hasSuffix(sample.code + "\n") || tests.contains(sample.code), "\(sample)") }
  }

  @Test func everySampleIsTried() throws {
    let swift = try Self.samples("swift")
    #expect(swift.count >= 10)
    let programs = try Self.programs.flatMap { name in
      try SampleProgram(here.appending(path: "Programs/\(name.1).swift"), samples: swift).samples
    }
    let projects = try projectFiles().flatMap { try String(contentsOf: $0, encoding: .utf8).split(separator: "\n") }
    for sample in try swift + Self.samples("sql") + Self.samples("yaml") {
      // SchemaDiffTests has what `migrate diff` writes, TerminalArticleTests the steps of workflows, FormatTests what `fmt` does.
      guard !Self.ofPackages.keys.contains(where: { sample.name.hasPrefix($0) }),
        !sample.name.hasPrefix("MigrationDiff"),
        !sample.name.hasPrefix("ContinuousIntegration"), !sample.name.hasPrefix("Testing/"),
        !(sample.language == "sql" && sample.name.hasPrefix("Formatting"))
      else { continue }
      let isInProject = projects.contains { $0.hasSuffix(" sample: \(sample.name)") }
      #expect(sample.language == "swift" ? programs.contains(sample) : isInProject, "\(sample)")
    }
    // What the scripts leave to this test, and the other way round.
    for (package, name) in Self.ofPackages {
      let script = try String(contentsOf: packageRoot.appending(path: "scripts/\(name)"), encoding: .utf8)
      for language in ["swift", "sh", "sql", "yaml"] {
        for sample in try Self.samples(language) where sample.name.hasPrefix(package) {
          let heading = sample.name.hasPrefix("README") ? "\"$heading\"" : "'\(sample.heading)'"
          #expect(script.contains("\(heading) \(language) \(sample.number)"), "\(sample)")
        }
      }
    }
  }

  private func projectFiles() throws -> [URL] {
    let folder = here.appending(path: "Projects")
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".sql") || $0.hasSuffix(".yaml") }.map { folder.appending(path: $0) }
  }

  /// Copies a project, its samples in their places, and runs the tool on it.
  private func generate(_ project: String, in folder: URL) throws {
    let known = try Self.samples("sql") + Self.samples("yaml")
    let prefix = here.appending(path: "Projects/\(project)/").path + "/"
    for file in try projectFiles() where file.path.hasPrefix(prefix.replacing("//", with: "/")) {
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
      let text = try lines.map { line -> String in
        guard let marker = line.firstRange(of: " sample: ") else { return String(line) }
        let name = line[marker.upperBound...]
        // Blocks are counted among those of their language.
        guard let sample = known.first(where: { $0.name == name && $0.language == file.pathExtension }) else {
          throw SampleError("\(file.path): no article has the sample '\(name)'")
        }
        // As far in as the line that it takes the place of.
        let indentation = line.prefix { $0 == " " }
        return sample.code.split(separator: "\n", omittingEmptySubsequences: false).map { indentation + $0 }
          .joined(separator: "\n")
      }.joined(separator: "\n")
      let target = folder.appending(path: String(file.path.dropFirst(prefix.replacing("//", with: "/").count)))
      try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: target)
    }
    try run(packageRoot.appending(path: ".build/debug/sqlc-swift").path, ["generate"], in: folder)
  }

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-samples-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }
}
