// swift-tools-version: 6.2
import PackageDescription

// One application, two engines. `AgentStore` is the face that the application talks to; `AgentStoreSQLite` and
// `AgentStorePostgres` implement it. All three are generated (`swift package sqlc-generate`) and committed.
let package = Package(
  name: "AgentController",
  platforms: [.macOS(.v15)],
  dependencies: [
    // Elsewhere: .package(url: "…/sqlc-swift", from: "…")
    .package(name: "sqlc-swift", path: "../..")
  ],
  targets: [
    .target(
      name: "AgentStore", dependencies: [.product(name: "SQLCPortable", package: "sqlc-swift")],
      swiftSettings: strict),
    .target(
      name: "AgentStoreSQLite",
      dependencies: [
        "AgentStore", .product(name: "SQLCPortable", package: "sqlc-swift"),
        .product(name: "SQLCRuntime", package: "sqlc-swift"),
      ], swiftSettings: strict),
    .target(
      name: "AgentStorePostgres",
      dependencies: [
        "AgentStore", .product(name: "SQLCPortable", package: "sqlc-swift"),
        .product(name: "SQLCPostgres", package: "sqlc-swift"),
      ], swiftSettings: strict),
    // What the application does. It imports no engine.
    .target(
      name: "AgentController",
      dependencies: ["AgentStore", .product(name: "SQLCPortable", package: "sqlc-swift")], swiftSettings: strict),
    // Where an engine is chosen.
    .target(
      name: "AgentDatabases",
      dependencies: [
        "AgentStore", "AgentStoreSQLite", "AgentStorePostgres",
        .product(name: "SQLCRuntime", package: "sqlc-swift"), .product(name: "SQLCPostgres", package: "sqlc-swift"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "agent-controller", dependencies: ["AgentStore", "AgentController", "AgentDatabases"],
      swiftSettings: strict),
    .testTarget(
      name: "AgentControllerTests",
      dependencies: [
        "AgentStore", "AgentController", "AgentDatabases", .product(name: "SQLCPortable", package: "sqlc-swift"),
        .product(name: "SQLCPostgres", package: "sqlc-swift"),
      ], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

var strict: [SwiftSetting] {
  [.enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("MemberImportVisibility")]
}
