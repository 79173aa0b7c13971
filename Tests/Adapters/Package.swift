// swift-tools-version: 6.2
import PackageDescription

// The adapters, tested as a user gets them: with the package's traits. A package of its own, so that nobody else fetches what
// they need.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "Adapters",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "sqlc-swift", path: "../..", traits: ["Logging", "Metrics", "ServiceLifecycle", "Tracing"]),
    .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.2.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.5.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
  ],
  targets: [
    .testTarget(
      name: "AdapterTests",
      dependencies: [
        "AdapterTesting",
        .product(name: "SQLCRuntime", package: "sqlc-swift"), .product(name: "SQLCLogging", package: "sqlc-swift"),
        .product(name: "SQLCMetrics", package: "sqlc-swift"), .product(name: "SQLCLifecycle", package: "sqlc-swift"),
        .product(name: "Logging", package: "swift-log"), .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "MetricsTestKit", package: "swift-metrics"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PostgresAdapterTests",
      dependencies: [
        "AdapterTesting",
        .product(name: "SQLCPostgres", package: "sqlc-swift"),
        .product(name: "SQLCPostgresLogging", package: "sqlc-swift"),
        .product(name: "SQLCPostgresMetrics", package: "sqlc-swift"),
        .product(name: "SQLCPostgresTracing", package: "sqlc-swift"),
        .product(name: "SQLCPostgresLifecycle", package: "sqlc-swift"),
        .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
        .product(name: "Logging", package: "swift-log"), .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "MetricsTestKit", package: "swift-metrics"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict),
    .target(
      name: "AdapterTesting", dependencies: [.product(name: "Logging", package: "swift-log")],
      path: "Tests/AdapterTesting",
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
