// JSON-RPC 2.0 as the Language Server Protocol uses it.

/// What a request is answered under.
public enum RequestID: Sendable, Hashable {
  case number(Int)
  case string(String)

  public init?(_ json: JSON) {
    switch json {
    case .integer(let value): self = .number(value)
    case .string(let value): self = .string(value)
    default: return nil
    }
  }

  public var json: JSON {
    switch self {
    case .number(let value): .integer(value)
    case .string(let value): .string(value)
    }
  }
}

/// Why a request is not answered with a result (LSP 3.17, ErrorCodes).
public enum ErrorCode: Int, Sendable, Hashable {
  case parseError = -32700
  case invalidRequest = -32600
  case methodNotFound = -32601
  case invalidParams = -32602
  case internalError = -32603
  case serverNotInitialized = -32002
  case requestFailed = -32803
  case contentModified = -32801
  case requestCancelled = -32800
}

public struct ResponseError: Error, Sendable, Hashable {
  public var code: ErrorCode
  public var message: String

  public init(_ code: ErrorCode, _ message: String) {
    self.code = code
    self.message = message
  }

  public static let cancelled = ResponseError(.requestCancelled, "the request was cancelled")
}

/// What a client sends.
public enum IncomingMessage: Sendable, Hashable {
  case request(RequestID, method: String, params: JSON)
  case notification(method: String, params: JSON)
  /// An answer to a request of the server's.
  case response(RequestID, result: JSON?)
  /// Not a message. To be answered under that id, or under none.
  case invalid(RequestID?, ResponseError)

  public init(parsing content: [UInt8]) {
    let json: JSON
    do throws(JSONError) {
      json = try JSON(parsing: content)
    } catch {
      self = .invalid(nil, ResponseError(.parseError, "\(error.reason), at byte \(error.offset)"))
      return
    }
    self.init(json)
  }

  public init(_ json: JSON) {
    guard case .object(let members) = json, members["jsonrpc"] == "2.0" else {
      self = .invalid(json["id"].flatMap(RequestID.init), ResponseError(.invalidRequest, "no JSON-RPC 2.0 message"))
      return
    }
    let id = members["id"].flatMap(RequestID.init)
    guard let method = members["method"] else {
      guard let id, members["result"] != nil || members["error"] != nil else {
        self = .invalid(id, ResponseError(.invalidRequest, "neither a method nor a result"))
        return
      }
      self = .response(id, result: members["result"])
      return
    }
    guard let name = method.string else {
      self = .invalid(id, ResponseError(.invalidRequest, "the method is no string"))
      return
    }
    let params = members["params"] ?? .null
    switch params {
    case .object, .array, .null: break
    default:
      self = .invalid(id, ResponseError(.invalidRequest, "params are neither an object nor a list"))
      return
    }
    if let id {
      self = .request(id, method: name, params: params)
    } else if members["id"] == nil {
      self = .notification(method: name, params: params)
    } else {
      self = .invalid(nil, ResponseError(.invalidRequest, "the id is neither a number nor a string"))
    }
  }
}

/// What a server sends.
public enum OutgoingMessage: Sendable, Hashable {
  case result(RequestID, JSON)
  case failure(RequestID?, ResponseError)
  case notification(method: String, params: JSON)
  case request(RequestID, method: String, params: JSON)

  public var json: JSON {
    switch self {
    case .result(let id, let value): ["jsonrpc": "2.0", "id": id.json, "result": value]
    case .failure(let id, let error):
      [
        "jsonrpc": "2.0", "id": id?.json ?? .null,
        "error": ["code": .integer(error.code.rawValue), "message": .string(error.message)],
      ]
    case .notification(let method, let params): ["jsonrpc": "2.0", "method": .string(method), "params": params]
    case .request(let id, let method, let params):
      ["jsonrpc": "2.0", "id": id.json, "method": .string(method), "params": params]
    }
  }
}
