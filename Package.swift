// swift-tools-version: 6.2
import PackageDescription

/// Every target of this package is checked in Swift 6 language mode (the default of these tools).
let strict: [SwiftSetting] =
  [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
  ] + debugInformation

/// `SQLC_SWIFT_DEBUG_INFORMATION=none` leaves it out: a sixth of the processor's time of a debug build, for machines that build anew
/// each time and where nobody debugs.
var debugInformation: [SwiftSetting] {
  Context.environment["SQLC_SWIFT_DEBUG_INFORMATION"] == "none" ? [.unsafeFlags(["-gnone"])] : []
}

/// The system's SQLite, or a SQLCipher as new as SQLite 3.38: `SQLC_SWIFT_SQLITE=sqlcipher swift build`.
let sqlite: Target =
  Context.environment["SQLC_SWIFT_SQLITE"] == "sqlcipher"
  ? .systemLibrary(
    name: "CSQLite", path: "Sources/Runtime/CSQLCipher", pkgConfig: "sqlcipher",
    providers: [.brew(["sqlcipher"])])
  : .systemLibrary(
    name: "CSQLite", path: "Sources/Runtime/CSQLite", pkgConfig: "sqlite3",
    providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])])

/// What Apple's SQLite leaves out. `SQLC_SWIFT_SQLITE=apple` builds the same elsewhere, to try it.
let omissions: SwiftSetting? =
  switch Context.environment["SQLC_SWIFT_SQLITE"] {
  case "apple": .define("SQLC_SWIFT_OMITS_LOAD_EXTENSION")
  case "sqlcipher": nil
  default: .define("SQLC_SWIFT_OMITS_LOAD_EXTENSION", .when(platforms: [.macOS, .iOS, .tvOS, .watchOS, .visionOS]))
  }

/// What adapters need, of those who ask for it.
let logging = Target.Dependency.product(name: "Logging", package: "swift-log", condition: .when(traits: ["Logging"]))
let metrics: [Target.Dependency] = ["CoreMetrics", "Metrics"].map {
  .product(name: $0, package: "swift-metrics", condition: .when(traits: ["Metrics"]))
}
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: .when(traits: ["ServiceLifecycle"]))

/// The rules that `vet` ships: what is run, what `explain` prints and what the tests try is one file for each pack.
let vetPacks =
  ["naming", "keys", "time", "isolation", "safety", "schema", "plans"]
  + ["numbers", "text", "types", "json", "queries", "names", "definitions"].map { "portable-\($0)" }

let package = Package(
  name: "sqlc-swift",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [
    .library(name: "SQLCRuntime", targets: ["SQLCRuntime"]),
    .library(name: "SQLCPostgres", targets: ["SQLCPostgres"]),
    .library(name: "SQLCPortable", targets: ["SQLCPortable"]),
    .library(name: "SQLCTesting", targets: ["SQLCTesting"]),
    .library(name: "SQLCLogging", targets: ["SQLCLogging"]),
    .library(name: "SQLCMetrics", targets: ["SQLCMetrics"]),
    .library(name: "SQLCLifecycle", targets: ["SQLCLifecycle"]),
    .library(name: "SQLCPostgresLogging", targets: ["SQLCPostgresLogging"]),
    .library(name: "SQLCPostgresMetrics", targets: ["SQLCPostgresMetrics"]),
    .library(name: "SQLCPostgresTracing", targets: ["SQLCPostgresTracing"]),
    .library(name: "SQLCPostgresLifecycle", targets: ["SQLCPostgresLifecycle"]),
    .executable(name: "sqlc-swift", targets: ["sqlc-swift"]),
    .plugin(name: "SQLCGenerate", targets: ["SQLCGeneratePlugin"]),
    .plugin(name: "SQLCDiff", targets: ["SQLCDiffPlugin"]),
    .plugin(name: "SQLCBuild", targets: ["SQLCBuildPlugin"]),
  ],
  // Off by default: who does not ask for them neither fetches nor builds what they need.
  traits: [
    .trait(name: "Logging", description: "SQLCLogging, SQLCPostgresLogging: what a database does, for swift-log."),
    .trait(name: "Metrics", description: "SQLCMetrics, SQLCPostgresMetrics: what a database does, for swift-metrics."),
    .trait(name: "Tracing", description: "SQLCPostgresTracing: what a database does, for swift-distributed-tracing."),
    .trait(
      name: "ServiceLifecycle",
      description: "SQLCLifecycle, SQLCPostgresLifecycle: a database as a service of swift-service-lifecycle."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.2.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.5.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
  ],
  targets: [
    sqlite,

    // What an application links.
    // What the runtimes of all databases share.
    .target(name: "SQLCRuntimeKit", path: "Sources/Runtime/SQLCRuntimeKit", swiftSettings: strict),
    // What generated code of two engines shares: types, errors and stubs in words of neither.
    .target(
      name: "SQLCPortable", dependencies: ["SQLCRuntimeKit"], path: "Sources/Runtime/SQLCPortable",
      swiftSettings: strict),
    .target(
      name: "SQLCSQLiteHandle", dependencies: ["CSQLite", "SQLCRuntimeKit"], path: "Sources/Runtime/SQLCSQLiteHandle",
      swiftSettings: strict + (omissions.map { [$0] } ?? [])),
    .target(
      name: "SQLCRuntime", dependencies: ["CSQLite", "SQLCPortable", "SQLCRuntimeKit", "SQLCSQLiteHandle"],
      path: "Sources/Runtime/SQLCRuntime", swiftSettings: strict),
    // For the tests of applications: it needs Swift Testing, which toolchains have.
    .target(
      name: "SQLCTesting", dependencies: ["SQLCRuntime"], path: "Sources/Runtime/SQLCTesting", swiftSettings: strict),
    // libpq is loaded when a database is opened, or a project asks for it: neither building nor starting needs it.
    .target(
      name: "SQLCPostgreSQLHandle", dependencies: ["SQLCRuntimeKit"], path: "Sources/Runtime/SQLCPostgreSQLHandle",
      swiftSettings: strict),
    .systemLibrary(name: "CSQLCPolling", path: "Sources/Runtime/CSQLCPolling"),
    .target(
      name: "SQLCPostgres",
      dependencies: ["CSQLCPolling", "SQLCPortable", "SQLCPostgreSQLHandle", "SQLCRuntimeKit"],
      path: "Sources/Runtime/SQLCPostgres", swiftSettings: strict),

    // Adapters: each is empty without its trait.
    .target(
      name: "SQLCLogging", dependencies: ["SQLCRuntime", "SQLCRuntimeKit", logging],
      path: "Sources/Runtime/SQLCLogging", swiftSettings: strict),
    .target(
      name: "SQLCPostgresLogging", dependencies: ["SQLCPostgres", "SQLCRuntimeKit", logging],
      path: "Sources/Runtime/SQLCPostgresLogging", swiftSettings: strict),
    .target(
      name: "SQLCMeters", dependencies: metrics, path: "Sources/Runtime/SQLCMeters", swiftSettings: strict),
    .target(
      name: "SQLCMetrics", dependencies: ["SQLCMeters", "SQLCRuntime", "SQLCRuntimeKit"] + metrics,
      path: "Sources/Runtime/SQLCMetrics", swiftSettings: strict),
    .target(
      name: "SQLCPostgresMetrics", dependencies: ["SQLCMeters", "SQLCPostgres", "SQLCRuntimeKit"] + metrics,
      path: "Sources/Runtime/SQLCPostgresMetrics", swiftSettings: strict),
    .target(
      name: "SQLCPostgresTracing",
      dependencies: [
        "SQLCPostgres", "SQLCRuntimeKit",
        .product(name: "Tracing", package: "swift-distributed-tracing", condition: .when(traits: ["Tracing"])),
      ], path: "Sources/Runtime/SQLCPostgresTracing", swiftSettings: strict),
    .target(
      name: "SQLCLifecycle", dependencies: ["SQLCRuntime", lifecycle], path: "Sources/Runtime/SQLCLifecycle",
      swiftSettings: strict),
    .target(
      name: "SQLCPostgresLifecycle", dependencies: ["SQLCPostgres", lifecycle],
      path: "Sources/Runtime/SQLCPostgresLifecycle", swiftSettings: strict),

    // The package is its own first user: `sqlc-swift generate` writes this target.
    .target(
      name: "AgentStore", dependencies: ["SQLCRuntime"], path: "Generated",
      swiftSettings: strict + [.enableUpcomingFeature("MemberImportVisibility")]),

    // The compiler, in the order its data flows; no target imports a later one.
    .target(name: "SQLCDiagnostics", path: "Sources/Foundation/SQLCDiagnostics", swiftSettings: strict),
    .target(name: "SQLCConcurrency", path: "Sources/Foundation/SQLCConcurrency", swiftSettings: strict),
    .target(
      name: "SQLCModel", dependencies: ["SQLCDiagnostics"], path: "Sources/Analysis/SQLCModel", swiftSettings: strict),
    .target(
      name: "SQLCEngine", dependencies: ["SQLCConcurrency", "SQLCDiagnostics", "SQLCModel"],
      path: "Sources/Analysis/SQLCEngine",
      swiftSettings: strict),
    .target(
      name: "SQLCFormat", dependencies: ["SQLCDiagnostics"], path: "Sources/Analysis/SQLCFormat",
      swiftSettings: strict),
    .target(
      name: "SQLCConfiguration",
      dependencies: ["SQLCEngine", "SQLCFormat", "SQLCModel", .product(name: "Yams", package: "Yams")],
      path: "Sources/Project/SQLCConfiguration",
      swiftSettings: strict),
    .target(
      name: "SQLCQueryFile", dependencies: ["SQLCEngine", "SQLCModel"], path: "Sources/Project/SQLCQueryFile",
      swiftSettings: strict),
    .target(
      name: "SQLCMacros", dependencies: ["SQLCDiagnostics", "SQLCModel"], path: "Sources/Analysis/SQLCMacros",
      swiftSettings: strict),
    .target(
      name: "SQLCMigrations", dependencies: ["SQLCEngine", "SQLCModel", "SQLCQueryFile", "SQLCRuntimeKit"],
      path: "Sources/Project/SQLCMigrations",
      swiftSettings: strict),
    .target(
      name: "SQLCFacts", dependencies: ["SQLCDiagnostics", "SQLCModel"], path: "Sources/Analysis/SQLCFacts",
      swiftSettings: strict),
    .target(
      name: "SQLCKeys", dependencies: ["SQLCDiagnostics", "SQLCFacts", "SQLCModel"],
      path: "Sources/Analysis/SQLCKeys", swiftSettings: strict),
    .target(
      name: "SQLCAnalysis",
      dependencies: [
        "SQLCConcurrency", "SQLCConfiguration", "SQLCDiagnostics", "SQLCEngine", "SQLCFacts", "SQLCFormat", "SQLCKeys",
        "SQLCMigrations", "SQLCModel", "SQLCQueryFile", "SQLCRuntimeKit",
      ], path: "Sources/Analysis/SQLCAnalysis", swiftSettings: strict),
    .target(
      name: "SQLCIsolation", dependencies: ["SQLCFacts"], path: "Sources/Vet/SQLCIsolation",
      swiftSettings: strict),
    .target(
      name: "SQLCPlans", dependencies: ["SQLCDiagnostics", "SQLCEngine", "SQLCFacts", "SQLCModel"],
      path: "Sources/Vet/SQLCPlans", swiftSettings: strict),
    .target(
      name: "SQLCVet",
      dependencies: [
        "SQLCAnalysis", "SQLCConcurrency", "SQLCConfiguration", "SQLCDiagnostics", "SQLCEngine", "SQLCFacts",
        "SQLCIsolation", "SQLCModel", "SQLCPlans",
      ], path: "Sources/Vet/SQLCVet",
      resources: vetPacks.map { .embedInCode("Packs/\($0).sql") }, swiftSettings: strict),
    .target(
      name: "SQLCFactStoreSQLite", dependencies: ["CSQLite", "SQLCSQLiteHandle", "SQLCVet"],
      path: "Sources/Engines/SQLite/SQLCFactStoreSQLite", swiftSettings: strict),
    .target(
      name: "SQLCSyntaxSQLite", dependencies: ["SQLCDiagnostics", "SQLCMacros"],
      path: "Sources/Engines/SQLite/SQLCSyntaxSQLite", swiftSettings: strict),
    .target(
      name: "SQLCFormatSQLite",
      dependencies: [
        "SQLCDiagnostics", "SQLCEngine", "SQLCFormat", "SQLCMacros", "SQLCModel", "SQLCQueryFile", "SQLCSyntaxSQLite",
      ],
      path: "Sources/Engines/SQLite/SQLCFormatSQLite", swiftSettings: strict),
    .target(
      name: "SQLCSemanticsSQLite", dependencies: ["SQLCFacts", "SQLCMacros", "SQLCModel", "SQLCSyntaxSQLite"],
      path: "Sources/Engines/SQLite/SQLCSemanticsSQLite", swiftSettings: strict),
    .target(name: "CSQLiteAllocator", dependencies: ["CSQLite"], path: "Sources/Engines/SQLite/CSQLiteAllocator"),
    .target(
      name: "SQLCOracleSQLite", dependencies: ["CSQLite", "CSQLiteAllocator", "SQLCSQLiteHandle"],
      path: "Sources/Engines/SQLite/SQLCOracleSQLite", swiftSettings: strict),
    .target(
      name: "SQLCPortabilitySQLite",
      dependencies: ["SQLCDiagnostics", "SQLCFacts", "SQLCModel", "SQLCSemanticsSQLite", "SQLCSyntaxSQLite"],
      path: "Sources/Engines/SQLite/SQLCPortabilitySQLite", swiftSettings: strict),
    .target(
      name: "SQLCEngineSQLite",
      dependencies: [
        "SQLCConcurrency", "SQLCEngine", "SQLCFacts", "SQLCMacros", "SQLCModel", "SQLCMigrations", "SQLCQueryFile",
        "SQLCSyntaxSQLite", "SQLCSemanticsSQLite", "SQLCOracleSQLite", "SQLCPortabilitySQLite", "SQLCSQLiteHandle",
      ], path: "Sources/Engines/SQLite/SQLCEngineSQLite", swiftSettings: strict),
    .target(
      name: "SQLCTreePostgreSQL", path: "Sources/Engines/PostgreSQL/SQLCTreePostgreSQL", swiftSettings: strict),
    .target(
      name: "SQLCSemanticsPostgreSQL", dependencies: ["SQLCDiagnostics", "SQLCFacts", "SQLCTreePostgreSQL"],
      path: "Sources/Engines/PostgreSQL/SQLCSemanticsPostgreSQL", swiftSettings: strict),
    .target(
      name: "SQLCOraclePostgreSQL", dependencies: ["SQLCPostgreSQLHandle", "SQLCRuntimeKit"],
      path: "Sources/Engines/PostgreSQL/SQLCOraclePostgreSQL", swiftSettings: strict),
    .target(
      name: "SQLCEnginePostgreSQL",
      dependencies: [
        "SQLCDiagnostics", "SQLCFacts", "SQLCModel", "SQLCEngine", "SQLCConcurrency", "SQLCMigrations", "SQLCQueryFile",
        "SQLCTreePostgreSQL",
        "SQLCSemanticsPostgreSQL", "SQLCOraclePostgreSQL", "SQLCPostgreSQLHandle", "SQLCMacros",
      ], path: "Sources/Engines/PostgreSQL/SQLCEnginePostgreSQL", swiftSettings: strict),
    .target(
      name: "SQLCTransfer", dependencies: ["SQLCEngine", "SQLCModel"], path: "Sources/Trials/SQLCTransfer",
      swiftSettings: strict),
    .target(
      name: "SQLCTrialPostgreSQL",
      dependencies: [
        "SQLCDiagnostics", "SQLCEngine", "SQLCEnginePostgreSQL", "SQLCModel", "SQLCOraclePostgreSQL",
        "SQLCPostgreSQLHandle", "SQLCQueryFile", "SQLCTransfer",
      ], path: "Sources/Engines/PostgreSQL/SQLCTrialPostgreSQL", swiftSettings: strict),
    .target(
      name: "SQLCTrialSQLite",
      dependencies: [
        "CSQLite", "SQLCDiagnostics", "SQLCEngine", "SQLCEngineSQLite", "SQLCModel", "SQLCOracleSQLite",
        "SQLCSQLiteHandle", "SQLCSyntaxSQLite", "SQLCTransfer",
      ], path: "Sources/Engines/SQLite/SQLCTrialSQLite", swiftSettings: strict),
    .target(
      name: "SQLCSchemaDiffSQLite",
      dependencies: [
        "SQLCDiagnostics", "SQLCEngine", "SQLCModel", "SQLCOracleSQLite", "SQLCSQLiteHandle", "SQLCSyntaxSQLite",
      ],
      path: "Sources/Engines/SQLite/SQLCSchemaDiffSQLite", swiftSettings: strict),
    .target(
      name: "SQLCExercise", dependencies: ["SQLCDiagnostics", "SQLCEngine", "SQLCModel"],
      path: "Sources/Trials/SQLCExercise",
      swiftSettings: strict),
    .target(
      name: "SQLCMigrationCheck",
      dependencies: ["SQLCDiagnostics", "SQLCEngine", "SQLCExercise", "SQLCMigrations", "SQLCModel"],
      path: "Sources/Trials/SQLCMigrationCheck", swiftSettings: strict),
    .target(
      name: "SQLCTargetSwift", dependencies: ["SQLCEngine", "SQLCModel", "SQLCConcurrency"],
      path: "Sources/Targets/SQLCTargetSwift",
      swiftSettings: strict),
    .target(
      name: "SQLCDocumentation", path: "Sources/Targets/SQLCDocumentation",
      resources: [.embedInCode("HTML/page.css"), .embedInCode("HTML/page.js")], swiftSettings: strict),
    .target(
      name: "SQLCFileEvents", dependencies: ["CSQLCPolling"], path: "Sources/Clients/SQLCFileEvents",
      swiftSettings: strict),
    .target(
      name: "SQLCDriver",
      dependencies: [
        "SQLCAnalysis", "SQLCDocumentation", "SQLCFileEvents",
        "SQLCConcurrency", "SQLCConfiguration", "SQLCEngine", "SQLCQueryFile", "SQLCMigrations", "SQLCSyntaxSQLite",
        "SQLCSemanticsSQLite",
        "SQLCOracleSQLite", "SQLCEngineSQLite", "SQLCEnginePostgreSQL", "SQLCOraclePostgreSQL", "SQLCPostgreSQLHandle",
        "SQLCTrialPostgreSQL", "SQLCTrialSQLite", "SQLCExercise", "SQLCMigrationCheck", "SQLCTargetSwift",
        "SQLCTransfer",
        "SQLCRuntime", "SQLCPostgres",
        "SQLCMacros", "SQLCSchemaDiffSQLite",
        "SQLCFacts", "SQLCFactStoreSQLite", "SQLCFormat", "SQLCFormatSQLite", "SQLCIsolation", "SQLCKeys", "SQLCPlans",
        "SQLCVet",
      ], path: "Sources/Clients/SQLCDriver", swiftSettings: strict),
    .target(
      name: "SQLCLanguageProtocol", dependencies: ["SQLCDiagnostics"], path: "Sources/Clients/SQLCLanguageProtocol",
      swiftSettings: strict),
    .target(
      name: "SQLCLanguageServer",
      dependencies: [
        "SQLCAnalysis", "SQLCConcurrency", "SQLCConfiguration", "SQLCDiagnostics", "SQLCEngine", "SQLCFacts",
        "SQLCFormat", "SQLCLanguageProtocol", "SQLCMigrations", "SQLCModel", "SQLCQueryFile",
      ], path: "Sources/Clients/SQLCLanguageServer", swiftSettings: strict),
    .executableTarget(
      name: "sqlc-swift",
      dependencies: [
        "SQLCAnalysis", "SQLCDriver", "SQLCConcurrency", "SQLCDiagnostics", "SQLCEngine", "SQLCFileEvents",
        "SQLCLanguageProtocol", "SQLCLanguageServer", "SQLCModel", "SQLCQueryFile", "SQLCTargetSwift",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Sources/Clients/sqlc-swift",
      // What `explain` prints; the article is the only place where it stands.
      resources: [
        .embedInCode("Documentation.docc/Diagnostics.md"), .embedInCode("Documentation.docc/DiagnosticExamples.md"),
      ],
      swiftSettings: strict),

    // They build the tool when they run; as a dependency it would be compiled in every build of every user.
    .plugin(
      name: "SQLCGeneratePlugin",
      capability: .command(
        intent: .custom(verb: "sqlc-generate", description: "Generates typed Swift from the package's SQL."),
        permissions: [.writeToPackageDirectory(reason: "It writes the generated Swift files.")])),
    .plugin(
      name: "SQLCDiffPlugin",
      capability: .command(
        intent: .custom(verb: "sqlc-diff", description: "Fails when the generated Swift is out of date."))),

    // Only a target that has this plugin makes SwiftPM build the tool, unless the environment names one that is there.
    .plugin(
      name: "SQLCBuildPlugin", capability: .buildTool(),
      dependencies: Context.environment["SQLC_SWIFT_TOOL"] == nil ? ["sqlc-swift"] : []),

    .testTarget(
      name: "TestingSupportTests", dependencies: ["AgentStore", "SQLCRuntime", "SQLCTesting"], swiftSettings: strict),
    .testTarget(name: "DocsPageTests", dependencies: ["SQLCDocumentation"], swiftSettings: strict),
    .testTarget(name: "DiagnosticsTests", dependencies: ["SQLCDiagnostics"], swiftSettings: strict),
    .testTarget(
      name: "QueryFileTests", dependencies: ["SQLCDiagnostics", "SQLCEngine", "SQLCQueryFile"], swiftSettings: strict),
    .testTarget(
      name: "ConfigurationTests", dependencies: ["SQLCConfiguration", "SQLCEngine", "SQLCModel"], swiftSettings: strict),
    .testTarget(
      name: "IsolationTests",
      dependencies: [
        "CSQLite", "SQLCDiagnostics", "SQLCEngine", "SQLCEngineSQLite", "SQLCFacts", "SQLCIsolation", "SQLCModel",
        "SQLCQueryFile", "SQLCSQLiteHandle",
      ], exclude: ["Cases"], swiftSettings: strict),
    .testTarget(
      name: "VetTests",
      dependencies: [
        "CSQLite",
        "SQLCAnalysis", "SQLCConfiguration", "SQLCDiagnostics", "SQLCDriver", "SQLCEngine", "SQLCEngineSQLite",
        "SQLCFactStoreSQLite", "SQLCFacts", "SQLCIsolation", "SQLCModel", "SQLCPlans", "SQLCVet",
      ], swiftSettings: strict),
    .testTarget(
      name: "AnalysisTests",
      dependencies: [
        "SQLCAnalysis", "SQLCConcurrency", "SQLCConfiguration", "SQLCDiagnostics", "SQLCDriver", "SQLCEngine",
        "SQLCModel",
      ], swiftSettings: strict),
    .testTarget(
      name: "DriverTests",
      dependencies: [
        "SQLCAnalysis", "SQLCConcurrency", "SQLCDriver", "SQLCConfiguration", "SQLCDiagnostics", "SQLCEngine",
        "SQLCFileEvents",
        "SQLCModel", "SQLCMigrations",
        "SQLCQueryFile", "SQLCOracleSQLite",
        "SQLCSQLiteHandle",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["sqlc-swift", "SQLCRuntime", "SQLCOraclePostgreSQL", "SQLCPostgreSQLHandle"],
      exclude: ["Snapshots"],
      swiftSettings: strict),
    .testTarget(
      name: "ExerciseTests",
      dependencies: [
        "SQLCAnalysis", "SQLCExercise", "SQLCTrialSQLite", "SQLCOracleSQLite", "SQLCEngine", "SQLCDriver", "SQLCModel",
        "SQLCDiagnostics",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MigrationCheckTests",
      dependencies: [
        "SQLCMigrationCheck", "SQLCTrialSQLite", "SQLCEngine", "SQLCEngineSQLite", "SQLCMigrations", "SQLCDiagnostics",
        "SQLCModel",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TrialPostgreSQLTests",
      dependencies: [
        "SQLCAnalysis", "SQLCTrialPostgreSQL", "SQLCExercise", "SQLCMigrationCheck", "SQLCMigrations", "SQLCEngine",
        "SQLCEnginePostgreSQL", "SQLCOraclePostgreSQL", "SQLCPostgreSQLHandle", "SQLCModel", "SQLCDiagnostics",
        "SQLCQueryFile",
      ], swiftSettings: strict),
    .testTarget(
      name: "SchemaDiffTests",
      dependencies: [
        "SQLCSchemaDiffSQLite", "SQLCMigrationCheck", "SQLCTrialSQLite", "SQLCOracleSQLite", "SQLCExercise",
        "SQLCEngine",
      ], swiftSettings: strict),
    // A client that waits, random edits and random texts: for tests, and for longer trials of optimised builds.
    .target(
      name: "EditorTrials",
      dependencies: [
        "SQLCAnalysis", "SQLCConcurrency", "SQLCDiagnostics", "SQLCDriver", "SQLCFormat", "SQLCFormatSQLite",
        "SQLCLanguageProtocol",
        "SQLCLanguageServer", "SQLCQueryFile",
      ], path: "Tests/EditorTrials", swiftSettings: strict),
    .testTarget(
      name: "LanguageServerTests",
      dependencies: [
        "EditorTrials", "SQLCAnalysis", "SQLCConcurrency", "SQLCDiagnostics", "SQLCDriver", "SQLCLanguageProtocol",
        "SQLCLanguageServer",
      ], exclude: ["Project", "Recordings", "neovim.lua"], swiftSettings: strict),
    .testTarget(
      name: "MigrationsTests", dependencies: ["SQLCDiagnostics", "SQLCEngine", "SQLCMigrations"], swiftSettings: strict),
    .testTarget(
      name: "InferenceTests", dependencies: ["SQLCSemanticsSQLite", "SQLCSQLiteHandle", "CSQLite"],
      exclude: ["Cases", "Rules", "Semantics"], swiftSettings: strict),
    .testTarget(
      name: "FormatTests",
      dependencies: ["EditorTrials", "SQLCDiagnostics", "SQLCFormat", "SQLCFormatSQLite", "SQLCSyntaxSQLite"],
      exclude: ["Style"],
      swiftSettings: strict),
    .testTarget(
      name: "SyntaxTests", dependencies: ["SQLCSyntaxSQLite", "CSQLite"],
      exclude: ["Corpus", "Errors", "Productions.txt"], swiftSettings: strict),
    .testTarget(
      name: "TargetSwiftTests",
      dependencies: [
        "SQLCAnalysis", "SQLCTargetSwift", "SQLCDriver", "SQLCEnginePostgreSQL", "SQLCExercise", "SQLCTrialSQLite",
        "SQLCRuntime",
      ],
      exclude: ["References", "ReferencesPostgreSQL"],
      swiftSettings: strict),
    .testTarget(
      name: "EngineSQLiteTests",
      dependencies: [
        "SQLCEngineSQLite", "SQLCEngine", "SQLCModel", "SQLCOracleSQLite", "SQLCSemanticsSQLite", "SQLCSyntaxSQLite",
        "SQLCQueryFile", "SQLCDiagnostics",
      ], swiftSettings: strict),
    .testTarget(
      name: "SemanticsPostgreSQLTests",
      dependencies: [
        "SQLCSemanticsPostgreSQL", "SQLCTreePostgreSQL", "SQLCOraclePostgreSQL", "SQLCPostgreSQLHandle",
      ], swiftSettings: strict),
    .testTarget(
      name: "TreePostgreSQLTests", dependencies: ["SQLCTreePostgreSQL"], exclude: ["Trees"], swiftSettings: strict),
    .testTarget(
      name: "EnginePostgreSQLTests",
      dependencies: [
        "SQLCAnalysis",
        "SQLCEnginePostgreSQL", "SQLCOraclePostgreSQL", "SQLCPostgreSQLHandle", "SQLCDriver", "SQLCEngine", "SQLCModel",
        "SQLCQueryFile", "SQLCDiagnostics", "SQLCFacts", "SQLCIsolation", "SQLCKeys", "SQLCPlans",
      ], exclude: ["Cases"], swiftSettings: strict),
    .testTarget(
      name: "OraclePostgreSQLTests", dependencies: ["SQLCOraclePostgreSQL", "SQLCPostgreSQLHandle"],
      swiftSettings: strict),
    .testTarget(
      name: "OracleTests", dependencies: ["CSQLite", "SQLCOracleSQLite", "SQLCSQLiteHandle"], swiftSettings: strict),
    // Generated code must compile where everything is on the main actor by default.
    .testTarget(
      name: "RuntimeTests",
      dependencies: ["SQLCPortable", "SQLCRuntime", "SQLCRuntimeKit", "SQLCSQLiteHandle", "CSQLite"],
      swiftSettings: strict + [.defaultIsolation(MainActor.self)]),
    // A process to be killed.
    .executableTarget(
      name: "postgres-writer", dependencies: ["SQLCPostgres"], path: "Tests/PostgresWriter", swiftSettings: strict),
    .testTarget(
      name: "PostgresRuntimeTests",
      dependencies: [
        "SQLCPortable", "SQLCPostgres", "SQLCPostgreSQLHandle", "SQLCOraclePostgreSQL", "SQLCRuntimeKit",
        "postgres-writer",
      ],
      swiftSettings: strict + [.defaultIsolation(MainActor.self)]),
    // What the runtime's proofs need: a file system that fails on demand, and a process to be killed.
    .target(name: "CFaultVFS", dependencies: ["CSQLite"], path: "Tests/CFaultVFS"),
    .target(
      name: "DurabilityLedger", dependencies: ["SQLCRuntime"], path: "Tests/DurabilityLedger", swiftSettings: strict),
    .executableTarget(
      name: "durability-writer", dependencies: ["SQLCRuntime", "DurabilityLedger"], path: "Tests/DurabilityWriter",
      swiftSettings: strict),
    .testTarget(
      name: "DurabilityTests",
      dependencies: ["SQLCRuntime", "DurabilityLedger", "CFaultVFS", "CSQLite", "durability-writer"],
      swiftSettings: strict),
    // Every sample of the articles, compiled and run.
    .target(name: "DocumentationSamples", path: "Tests/DocumentationSamples", swiftSettings: strict),
    .testTarget(
      name: "DocumentationTests", dependencies: ["DocumentationSamples", "SQLCPostgres", "SQLCRuntime", "sqlc-swift"],
      exclude: ["Programs", "Projects"],
      swiftSettings: strict),
    .testTarget(
      name: "BinderTests", dependencies: ["SQLCSemanticsSQLite", "SQLCModel", "CSQLite"], exclude: ["Cases"],
      swiftSettings: strict),
    // Reference projects whose generated code is run as well.
    .target(
      name: "VariantsReference", dependencies: ["SQLCRuntime"],
      path: "Tests/TargetSwiftTests/References/variants/Expected",
      swiftSettings: strict),
    .target(
      name: "PatchesReference", dependencies: ["SQLCRuntime"],
      path: "Tests/TargetSwiftTests/References/patches/Expected", swiftSettings: strict),
    .target(
      name: "RowListsReference", dependencies: ["SQLCRuntime"],
      path: "Tests/TargetSwiftTests/References/row_lists/Expected", swiftSettings: strict),
    .target(
      name: "FragmentsReference", dependencies: ["SQLCRuntime"],
      path: "Tests/TargetSwiftTests/References/fragments/Expected", swiftSettings: strict),
    .target(
      name: "SharedRowsReference", dependencies: ["SQLCRuntime"],
      path: "Tests/TargetSwiftTests/References/shared_rows/Expected", swiftSettings: strict),
    .target(
      name: "TypedIDsReference", dependencies: ["SQLCRuntime"],
      path: "Tests/TargetSwiftTests/References/typed_ids/Expected", swiftSettings: strict),
    .target(
      name: "AssertionsReference", dependencies: ["SQLCRuntime"],
      path: "Tests/TargetSwiftTests/References/assertions/Expected", swiftSettings: strict),
    .target(
      name: "NestedReference", dependencies: ["SQLCRuntime"], path: "Tests/TargetSwiftTests/References/nested/Expected",
      swiftSettings: strict),
    .target(
      name: "BulkReference", dependencies: ["SQLCRuntime"], path: "Tests/TargetSwiftTests/References/bulk/Expected",
      swiftSettings: strict),
    .testTarget(
      name: "ShapesTests",
      dependencies: [
        "SQLCAnalysis",
        "FragmentsReference", "RowListsReference", "VariantsReference", "PatchesReference", "SharedRowsReference",
        "AssertionsReference",
        "NestedReference", "BulkReference", "TypedIDsReference", "SQLCRuntime", "SQLCDriver", "SQLCEngineSQLite",
        "SQLCEngine",
        "SQLCFacts", "SQLCKeys", "SQLCQueryFile", "SQLCModel", "SQLCDiagnostics", "CSQLite",
      ], exclude: ["Misuse"], swiftSettings: strict),
    .testTarget(
      name: "GeneratedCodeTests", dependencies: ["AgentStore", "SQLCRuntime", "SQLCMigrations", "SQLCDiagnostics"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// Here and not in the package in Benchmarks, since they are the tests' own trials, and none of their targets is a product.
if Context.environment["SQLC_SWIFT_BENCHMARKS"] != nil {
  package.targets.append(
    .executableTarget(
      name: "EditorTrialBenchmarks", dependencies: ["EditorTrials", "SQLCDiagnostics"],
      path: "Benchmarks/Sources/EditorTrialBenchmarks", swiftSettings: strict))
}

// Beside the server alone; here, because it asks the server through the tool's own connection.
if Context.environment["SQLC_SWIFT_BENCHMARKS"] != nil {
  package.targets.append(
    .executableTarget(
      name: "PostgreSQLBenchmarks",
      dependencies: [
        "SQLCDiagnostics", "SQLCEngine", "SQLCEnginePostgreSQL", "SQLCModel", "SQLCOraclePostgreSQL",
        "SQLCPostgreSQLHandle", "SQLCQueryFile",
      ], path: "Benchmarks/Sources/PostgreSQLBenchmarks", swiftSettings: strict))
}

// The package in Benchmarks measures the stages of the compiler from outside; users never see this product.
if Context.environment["SQLC_SWIFT_BENCHMARKS"] != nil {
  package.products.append(
    .library(
      name: "SQLCStages",
      targets: [
        "SQLCAnalysis", "SQLCDiagnostics", "SQLCDriver", "SQLCSyntaxSQLite", "SQLCSemanticsSQLite", "SQLCOracleSQLite",
      ]))
}
