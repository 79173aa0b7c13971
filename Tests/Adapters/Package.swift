// swift-tools-version: 6.2
import PackageDescription

// The adapters for swift-log and swift-metrics, tested as a user gets them: with the package's traits. A package of its
// own, so that nobody else fetches either.
let package = Package(
  name: "Adapters",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "sqlc-swift", path: "../..", traits: ["Logging", "Metrics"]),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.5.0"),
  ],
  targets: [
    .testTarget(
      name: "AdapterTests",
      dependencies: [
        .product(name: "SQLCRuntime", package: "sqlc-swift"), .product(name: "SQLCLogging", package: "sqlc-swift"),
        .product(name: "SQLCMetrics", package: "sqlc-swift"), .product(name: "Logging", package: "swift-log"),
        .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "MetricsTestKit", package: "swift-metrics"),
      ],
      swiftSettings: [
        .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("ExistentialAny"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
