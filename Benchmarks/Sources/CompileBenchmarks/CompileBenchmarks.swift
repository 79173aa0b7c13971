// What generated code costs its users' builds: lines a query, and CPU time of compiling a module of nothing else, on one
// core, as `swift build` does it; for either database.

import BenchmarkSupport
import Foundation
import Measuring

@main struct CompileBenchmarks {
  static func main() throws {
    guard let tool = ProcessInfo.processInfo.environment["SQLC_SWIFT_TOOL"],
      let package = ProcessInfo.processInfo.environment["SQLC_SWIFT_PACKAGE"]
    else {
      print("SQLC_SWIFT_TOOL and SQLC_SWIFT_PACKAGE name the tool and its package; Benchmarks/run sets them")
      exit(2)
    }
    for engine in Engine.allCases { try measure(engine, tool, package) }
  }

  static func measure(_ engine: Engine, _ tool: String, _ package: String) throws {
    let workload = Workload(tables: 50, queriesPerTable: 10)
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-swift-compile-benchmark")
    try? FileManager.default.removeItem(at: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    let sources = folder.appending(path: "Sources/Store")
    try workload.write(to: folder, output: "Sources/Store", engine: engine)
    runTool(tool, "generate", folder)
    let manifest = """
      // swift-tools-version: 6.2
      import PackageDescription
      let package = Package(
        name: "Service", platforms: [.macOS(.v15)], dependencies: [.package(name: "sqlc-swift", path: "\(package)")],
        targets: [.target(name: "Store", dependencies: [.product(name: "\(engine.runtime)", package: "sqlc-swift")])])
      """
    try manifest.write(to: folder.appending(path: "Package.swift"), atomically: true, encoding: .utf8)

    let files = try FileManager.default.contentsOfDirectory(at: sources, includingPropertiesForKeys: nil)
    let lines = try files.reduce(0) { try $0 + String(contentsOf: $1, encoding: .utf8).count { $0 == "\n" } }
    print(
      "\(engine.rawValue): \(workload.queries.count) queries, \(workload.schema.count / 2) tables, \(lines) lines in \(files.count) files:"
        + " \(fixed(Double(lines) / Double(workload.queries.count))) lines a query, models included")
    for configuration in ["debug", "release"] {
      let build = [
        "swift", "build", "-c", configuration, "-j", "1", "--package-path", folder.path, "--target", "Store",
      ]
      // The runtime, once; then the module alone.
      runProgram(build)
      var seconds: [Double] = []
      for _ in 0..<3 {
        for file in files {
          let text = try String(contentsOf: file, encoding: .utf8)
          try (text + "// \(seconds.count)\n").write(to: file, atomically: true, encoding: .utf8)
        }
        let before = cpuOfChildren()
        runProgram(build)
        seconds.append(cpuOfChildren() - before)
      }
      print("\(configuration): \(fixed(seconds.sorted()[1])) s of CPU (\(seconds.map(fixed).joined(separator: ", ")))")
    }
  }

  /// User and system time of every process that has ended.
  static func cpuOfChildren() -> Double {
    var usage = rusage()
    // RUSAGE_CHILDREN, which Glibc's header has as an enumeration of another type than the parameter's.
    getrusage(-1, &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
