// Names and types as nodes.

import SQLCDiagnostics

extension NameSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .name }
  public var children: [any SyntaxNode] { [] }
  public var attributes: [SyntaxAttribute] { [SyntaxAttribute("text", text)] }
}

extension QualifiedNameSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .qualifiedName }
  public var children: [any SyntaxNode] { nodes(schema?.alone, name.alone) }
}

extension TypeNameSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .typeName }
  public var children: [any SyntaxNode] { words.nodes }
  public var attributes: [SyntaxAttribute] { [SyntaxAttribute("text", text)] }
}

extension MissingSyntax: SyntaxNode {
  public var syntaxKind: SyntaxKind { .missing }
  public var children: [any SyntaxNode] { [] }
}
