// Programs around samples: what an article leaves out, and what shall come of it.
//
// A program is a Swift file with a line for each sample, which is replaced by the code that the article has:
//
//     // sample: Extending/Functions/1
//
// Errors of the compiler name the article and its line.

public import Foundation

public struct SampleProgram: Sendable, CustomStringConvertible {
  public var file: URL
  /// The samples that it has, in its order.
  public var samples: [Sample]
  /// With the samples in their places.
  public var source: String

  public var description: String { file.lastPathComponent }

  /// - Throws: ``SampleError`` when no article has a sample that the file names.
  public init(_ file: URL, samples known: [Sample]) throws {
    let text = try String(contentsOf: file, encoding: .utf8)
    var used: [Sample] = []
    var lines: [String] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard let marker = line.firstRange(of: "// sample: ") else {
        lines.append(String(line))
        continue
      }
      let name = line[marker.upperBound...]
      guard let sample = known.first(where: { $0.name == name }) else {
        throw SampleError("\(file.lastPathComponent):\(index + 1): no article has the sample '\(name)'")
      }
      used.append(sample)
      lines.append("#sourceLocation(file: \"\(sample.article.path)\", line: \(sample.line))")
      lines.append(sample.code)
      lines.append("#sourceLocation(file: \"\(file.path)\", line: \(index + 2))")
    }
    self.file = file
    samples = used
    source = lines.joined(separator: "\n")
  }

  /// Compiles it with modules of this package, warnings being errors, and links it.
  ///
  /// - Parameters:
  ///   - others: source files that belong to it.
  ///   - isolation: of what says nothing of its own; users have either.
  /// - Returns: the program's file, in `folder`.
  public func build(
    _ isolation: DefaultIsolation, with others: [URL] = [],
    modules: [String] = ["SQLCRuntime", "SQLCPortable", "SQLCRuntimeKit", "SQLCSQLiteHandle"], in folder: URL
  ) throws -> URL {
    let build = try buildFolder()
    let name = file.deletingPathExtension().lastPathComponent
    // Of another name than the file that the compiler is told the code is from.
    let sourceFile = folder.appending(path: "\(name)Program.swift")
    try source.write(to: sourceFile, atomically: true, encoding: .utf8)
    let output = folder.appending(path: name)
    let objects = try modules.flatMap { try self.objects(of: $0, in: build) }
    try run(
      "swiftc",
      [
        "-swift-version", "6", "-parse-as-library", "-warnings-as-errors", "-enable-upcoming-feature",
        "InternalImportsByDefault", "-enable-upcoming-feature", "ExistentialAny", "-I",
        build.appending(path: "Modules").path, "-Xcc",
        "-fmodule-map-file=\(packageRoot.path)/Sources/Runtime/CSQLite/module.modulemap", "-Xcc",
        "-fmodule-map-file=\(packageRoot.path)/Sources/Runtime/CSQLCPolling/module.modulemap", "-o", output.path,
        sourceFile.path,
      ] + isolation.options + others.map(\.path) + objects)
    return output
  }

  /// The module's object files; those of sources that are gone stay in a build folder and are left out.
  private func objects(of module: String, in build: URL) throws -> [String] {
    func names(in folder: URL, endingWith suffix: String) throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(suffix) }
    }
    let sources = packageRoot.appending(path: "Sources/Runtime/\(module)")
    let known = Set(
      try names(in: sources, endingWith: ".swift").map { URL(filePath: $0).lastPathComponent + ".o" })
    let folder = build.appending(path: "\(module).build")
    return try names(in: folder, endingWith: ".swift.o")
      .filter { known.contains(URL(filePath: $0).lastPathComponent) }.map { folder.appending(path: $0).path }
  }
}

/// What code is isolated to that does not say (SE-0466).
public enum DefaultIsolation: String, Sendable, CaseIterable {
  case nonisolated
  case mainActor = "MainActor"

  var options: [String] { ["-default-isolation", rawValue] }
}

public struct SampleError: Error, CustomStringConvertible {
  public var description: String
  public init(_ description: String) { self.description = description }
}

/// The folder of Package.swift.
public let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// Where the modules of the running tests were built.
private func buildFolder() throws -> URL {
  // The test bundle lies there, on some systems some folders further down; and a helper program may have started it.
  var candidates = CommandLine.arguments.filter { $0.contains("/") }.flatMap { argument -> [URL] in
    var folder = URL(filePath: argument).resolvingSymlinksInPath()
    return (0..<5).map { _ in
      folder.deleteLastPathComponent()
      return folder
    }
  }
  candidates.append(packageRoot.appending(path: ".build/debug"))
  let found = candidates.first {
    FileManager.default.fileExists(atPath: $0.appending(path: "Modules/SQLCRuntime.swiftmodule").path)
  }
  guard let found else { throw SampleError("no folder with built modules among \(candidates.map(\.path))") }
  return found
}

/// Runs a program of the search path, or one with a path.
///
/// - Returns: what it printed.
/// - Throws: ``SampleError`` with what it printed when it fails.
@discardableResult
public func run(_ program: String, _ arguments: [String] = [], in folder: URL? = nil) throws -> String {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = [program] + arguments
  process.currentDirectoryURL = folder
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  // To the end before waiting: a full pipe would make the program wait for us.
  let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
  process.waitUntilExit()
  guard process.terminationReason == .exit, process.terminationStatus == 0 else {
    throw SampleError("\(program) ended with \(process.terminationStatus):\n\(output)")
  }
  return output
}
