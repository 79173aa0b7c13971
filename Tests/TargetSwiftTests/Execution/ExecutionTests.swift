// Generated code, compiled and run: every method of every reference is called on a database full of rows, and nothing may
// go wrong but what the values themselves lead to, such as a constraint.

import Foundation
import SQLCEngineSQLite
import SQLCExercise
import SQLCTrialSQLite
import Testing

@Suite struct ExecutionTests {
  @Test(
    .enabled(if: SwiftCompiler.isWanted, "set SQLC_SWIFT_COMPILE_CHECK=1 to compile and run the references"),
    .timeLimit(.minutes(10)), arguments: ReferenceCase.all)
  func everyMethodRuns(_ reference: ReferenceCase) throws {
    let files = try reference.swiftFiles()
    // Every access level under either isolation; what else there is, under the default one.
    let isolations = reference.name.hasPrefix("access_") ? ["nonisolated", "MainActor"] : ["nonisolated"]
    for isolation in isolations {
      let calls = try callEverything(
        in: files, project: reference.directory, isolation: isolation,
        inModuleOfItsOwn: reference.name == "access_public" || reference.name == "access_package")
      #expect(calls > 0 || reference.name == "no_queries")
    }
  }

  @Test(
    .enabled(
      if: !ElsewhereProject.all.isEmpty, "SQLC_SWIFT_PROJECTS names a folder of projects to generate, compile and run"),
    arguments: ElsewhereProject.all.isEmpty ? [ElsewhereProject(URL(filePath: "/"))] : ElsewhereProject.all)
  func projectsElsewhereRun(_ project: ElsewhereProject) throws {
    try withTemporaryFolder { folder in
      guard let generated = try project.generate(in: folder) else { return }
      let calls = try callEverything(
        in: generated.files, project: generated.directory, isolation: "nonisolated", inModuleOfItsOwn: false)
      #expect(calls > 0)
      print("\(project): \(calls) calls, \(generated.dropped) queries refused")
    }
  }

  /// Compiles the files with a program that calls everything in them, runs it, and expects it to find nothing wrong.
  private func callEverything(
    in files: [String], project: URL, isolation: String, inModuleOfItsOwn: Bool
  ) throws -> Int {
    try withTemporaryFolder { folder in
      let texts = try files.map { try String(contentsOfFile: $0, encoding: .utf8) }
      let samples = project.appending(path: "Samples.swift").path
      let samplesText = (try? String(contentsOfFile: samples, encoding: .utf8)) ?? ""
      let generated = GeneratedText(texts)
      // Each query has both: a method that was not recognised must not go uncalled.
      #expect(generated.methods.count { $0.isAsynchronous } == generated.methods.count { !$0.isAsynchronous })
      #expect(generated.methods.isEmpty == (project.lastPathComponent == "no_queries"))
      // With functions of its own, only the program itself can make the schema.
      let hasConfiguration = samplesText.contains("func configuration()")
      let program = callingProgram(
        generated, importing: inModuleOfItsOwn ? "Store" : nil, hasConfiguration: hasConfiguration)
      try program.write(to: folder.appending(path: "Program.swift"), atomically: true, encoding: .utf8)
      try callingSupport.write(to: folder.appending(path: "Calling.swift"), atomically: true, encoding: .utf8)
      var own = ["Program.swift", "Calling.swift"].map { folder.appending(path: $0).path }
      if !samplesText.isEmpty { own.append(samples) }

      var objects = try SwiftCompiler.runtimeObjects()
      var sources = files + own
      if inModuleOfItsOwn {
        let object = folder.appending(path: "Store.o").path
        let (status, output) = try SwiftCompiler.run(
          [
            "-wmo", "-c", "-parse-as-library", "-module-name", "Store", "-emit-module", "-emit-module-path",
            folder.appending(path: "Store.swiftmodule").path, "-o", object,
          ] + files, isolation: isolation)
        try #require(status == 0, "\(output)")
        objects.append(object)
        sources = own
      }
      let executable = folder.appending(path: "program").path
      let (status, output) = try SwiftCompiler.run(
        ["-parse-as-library", "-module-name", "Caller", "-I", folder.path, "-o", executable, "-lsqlite3"] + sources
          + objects, isolation: isolation)
      try #require(status == 0, "\(output)")

      // There is no module 'csv' that this one's table could be made with.
      if project.lastPathComponent == "extensions" { return texts.count }
      let database = folder.appending(path: "rows.db").path
      if !hasConfiguration { try fill(database, from: project) }
      let others = FileManager.default.fileExists(atPath: project.appending(path: "data.sql").path)
      let scripts = hasConfiguration ? ["schema.sql", "data.sql"].map { project.appending(path: $0).path } : []
      let queries = (try? String(contentsOf: project.appending(path: "query.sql"), encoding: .utf8)) ?? ""
      let ends = [
        others ? "--rows-of-others" : nil, queries.contains("sqlc.notnull(") ? "--asserted" : nil,
        queries.contains("sqlc.patch(") ? "--patches" : nil, queries.contains("sqlc.after(") ? "--pages" : nil,
      ].compactMap(\.self)
      let run = try SwiftCompiler.execute([executable, database] + ends + scripts)
      #expect(run.status == 0 && !run.output.contains("WRONG"), "\(run.output)")
      return Int(run.output.split(separator: " ").last?.filter(\.isNumber) ?? "") ?? 0
    }
  }

  /// The project's own rows where it has some, else generated ones.
  private func fill(_ path: String, from project: URL) throws {
    let settings = (try? String(contentsOf: project.appending(path: "sqlc-swift.yaml"), encoding: .utf8)) ?? ""
    let storage = ValueStorage(
      times: settings.contains("julian_day") ? .julianDay : settings.contains("unix_seconds") ? .unixSeconds : .text,
      uuids: settings.contains("uuid_storage: blob") ? .blob : .text)
    let connection = try SQLiteTrialEngine(storage: storage).open(file: path)
    try connection.execute(try String(contentsOf: project.appending(path: "schema.sql"), encoding: .utf8))
    if let rows = try? String(contentsOf: project.appending(path: "data.sql"), encoding: .utf8) {
      // Such rows need not be whole: a NULL or a lost parent wherever SQLite lets one be.
      try connection.execute("PRAGMA foreign_keys = OFF; " + rows)
    } else {
      _ = try connection.fill(seed: 1)
    }
  }
}
