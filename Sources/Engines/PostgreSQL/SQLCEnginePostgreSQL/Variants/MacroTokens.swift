// Tokens for the reader of macros.

import SQLCDiagnostics
import SQLCMacros
import SQLCQueryFile

/// Comments left out.
func macroTokens(of tokens: some Sequence<LexicalToken>, in source: SourceFile) -> [MacroToken] {
  tokens.compactMap { token in
    let text = source.slice(token.range)
    let kind: MacroToken.Kind
    switch token.kind {
    case .lineComment, .blockComment: return nil
    case .quoted: kind = text.hasPrefix("\"") ? .quotedIdentifier : .string
    case .semicolon: kind = .semicolon
    case .openParenthesis: kind = .leftParen
    case .closeParenthesis: kind = .rightParen
    case .word: kind = MacroToken.Kind.clauseWords[text.uppercased()] ?? .identifier
    case .other: kind = text == "," ? .comma : text == "." ? .dot : .other
    }
    return MacroToken(kind, token.range)
  }
}
