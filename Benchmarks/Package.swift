// swift-tools-version: 6.2
// Measurements, in a package of its own so that users never resolve what it compares with. `./run` builds and runs them.

import PackageDescription

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "sqlc-swift", path: ".."),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // Bytes a second of the lexer and the parser, beside sqlite3_prepare_v2 on the same statements.
    .executableTarget(
      name: "SyntaxBenchmarks",
      dependencies: ["BenchmarkSupport", "Measuring", .product(name: "SQLCStages", package: "sqlc-swift")]),
    // A whole `generate`, beside SQLite alone.
    .executableTarget(name: "ProjectBenchmarks", dependencies: ["BenchmarkSupport", "Measuring"]),
    // Edits in a warm process, beside a whole analysis.
    .executableTarget(
      name: "EditBenchmarks",
      dependencies: ["BenchmarkSupport", "Measuring", .product(name: "SQLCStages", package: "sqlc-swift")]),
    // What generated code costs the builds of its users.
    .executableTarget(name: "CompileBenchmarks", dependencies: ["BenchmarkSupport", "Measuring"]),
    // Queries: C, the runtime and GRDB on the same files, in turn.
    .executableTarget(
      name: "RuntimeBenchmarks",
      dependencies: [
        "Measuring", "RuntimeFloor", .product(name: "SQLCRuntime", package: "sqlc-swift"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    // What a careful C programmer writes for the same work.
    .target(name: "RuntimeFloor", linkerSettings: [.linkedLibrary("sqlite3")]),
    // Samples and tables.
    .target(name: "Measuring"),
    .target(name: "BenchmarkSupport", dependencies: [.product(name: "SQLCStages", package: "sqlc-swift")]),
  ],
  swiftLanguageModes: [.v6]
)
