// The meters of the adapters for swift-metrics, of all databases. Needs the package's trait `Metrics`.

#if Metrics
  package import CoreMetrics
  package import Metrics
  import Synchronization

  /// The meters made so far: making one takes a lock and allocations in most backends.
  package final class Meters: Sendable {
    private struct Key: Hashable {
      var label: String
      var values: [String]
    }

    private struct State {
      var timers: [Key: Metrics.Timer] = [:]
      var counters: [Key: Counter] = [:]
      var gauges: [Key: Gauge] = [:]
    }

    private let factory: any MetricsFactory
    private let state = Mutex(State())

    package init(factory: any MetricsFactory) { self.factory = factory }

    package func timer(_ label: String, _ dimensions: [(String, String)]) -> Metrics.Timer {
      let key = Key(label: label, values: dimensions.map(\.1))
      return state.withLock { state in
        if let timer = state.timers[key] { return timer }
        let timer = Metrics.Timer(label: label, dimensions: dimensions, factory: factory)
        state.timers[key] = timer
        return timer
      }
    }

    package func counter(_ label: String, _ dimensions: [(String, String)]) -> Counter {
      let key = Key(label: label, values: dimensions.map(\.1))
      return state.withLock { state in
        if let counter = state.counters[key] { return counter }
        let counter = Counter(label: label, dimensions: dimensions, factory: factory)
        state.counters[key] = counter
        return counter
      }
    }

    package func gauge(_ label: String) -> Gauge {
      let key = Key(label: label, values: [])
      return state.withLock { state in
        if let gauge = state.gauges[key] { return gauge }
        let gauge = Gauge(label: label, factory: factory)
        state.gauges[key] = gauge
        return gauge
      }
    }
  }
#endif
