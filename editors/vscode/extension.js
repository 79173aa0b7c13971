// sqlc-swift in VS Code: what the language server says, shown by the editor's own means.
'use strict';

const vscode = require('vscode');
const { Client } = require('./client');

const selector = [
  { scheme: 'file', language: 'sql' },
  { scheme: 'file', pattern: '**/*.sql' },
  { scheme: 'file', pattern: '**/sqlc-swift.{yaml,yml,json}' },
];

let client;
let diagnostics;
let registrations = [];

exports.activate = async (context) => {
  diagnostics = vscode.languages.createDiagnosticCollection('sqlc-swift');
  context.subscriptions.push(
    diagnostics,
    vscode.commands.registerCommand('sqlc-swift.restart', async () => {
      await stop();
      await start();
    }),
  );
  await start();
};

exports.deactivate = () => stop();

async function stop() {
  for (const registration of registrations) registration.dispose();
  registrations = [];
  diagnostics.clear();
  const old = client;
  client = undefined;
  if (old) await old.stop();
}

async function start() {
  const command = vscode.workspace.getConfiguration('sqlc-swift').get('path') || 'sqlc-swift';
  const own = new Client(command, receive, (text) => {
    if (client === own) vscode.window.showErrorMessage(`sqlc-swift: ${text}. Is "sqlc-swift.path" right?`);
  });
  client = own;
  let answer;
  try {
    answer = await own.request('initialize', {
      processId: process.pid,
      rootUri: vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? null,
      workspaceFolders: (vscode.workspace.workspaceFolders ?? []).map((f) => ({ uri: f.uri.toString(), name: f.name })),
      capabilities: {
        general: { positionEncodings: ['utf-16'] },
        workspace: {
          workspaceFolders: true,
          workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
        },
        textDocument: {
          hover: { contentFormat: ['markdown'] },
          completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
          publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true },
          documentSymbol: { hierarchicalDocumentSymbolSupport: true },
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } } },
          rename: { prepareSupport: true },
        },
      },
    });
  } catch {
    return;
  }
  own.notify('initialized', {});
  register(answer.capabilities);
}

// MARK: From the server

function receive(method, params) {
  switch (method) {
    case 'textDocument/publishDiagnostics':
      diagnostics.set(vscode.Uri.parse(params.uri), params.diagnostics.map(diagnosticOf));
      break;
    case 'window/showMessage':
      if (params.type === 1) vscode.window.showErrorMessage(`sqlc-swift: ${params.message}`);
      else vscode.window.showInformationMessage(`sqlc-swift: ${params.message}`);
      break;
    default:
  }
  return null;
}

const positionOf = (p) => new vscode.Position(p.line, p.character);
const rangeOf = (r) => new vscode.Range(positionOf(r.start), positionOf(r.end));
const locationOf = (l) => new vscode.Location(vscode.Uri.parse(l.uri), rangeOf(l.range));
const markdownOf = (m) => (m === undefined ? undefined : typeof m === 'string' ? m : new vscode.MarkdownString(m.value));

function diagnosticOf(d) {
  const made = new vscode.Diagnostic(rangeOf(d.range), d.message, d.severity - 1);
  made.source = d.source;
  made.code = d.codeDescription ? { value: d.code, target: vscode.Uri.parse(d.codeDescription.href) } : d.code;
  made.relatedInformation = (d.relatedInformation ?? []).map(
    (r) => new vscode.DiagnosticRelatedInformation(locationOf(r.location), r.message),
  );
  return made;
}

const textEditOf = (e) => vscode.TextEdit.replace(rangeOf(e.range), e.newText);

function editOf(edit) {
  const made = new vscode.WorkspaceEdit();
  const set = (uri, edits) => made.set(vscode.Uri.parse(uri), edits.map(textEditOf));
  for (const [uri, edits] of Object.entries(edit.changes ?? {})) set(uri, edits);
  // A new migration is a file that is made first.
  for (const change of edit.documentChanges ?? []) {
    if (change.kind === 'create') made.createFile(vscode.Uri.parse(change.uri), { ignoreIfExists: true });
    else set(change.textDocument.uri, change.edits);
  }
  return made;
}

// MARK: To the server

const identifier = (document) => ({ uri: document.uri.toString() });
const place = (document, position) => ({
  textDocument: identifier(document),
  position: { line: position.line, character: position.character },
});
const spanOf = (r) => ({
  start: { line: r.start.line, character: r.start.character },
  end: { line: r.end.line, character: r.end.character },
});

/** The answer; undefined when there is none. */
async function ask(method, params, token) {
  try {
    return (await client?.request(method, params, token)) ?? undefined;
  } catch {
    return undefined;
  }
}

const isOurs = (document) => vscode.languages.match(selector, document) > 0;

function register(capabilities) {
  const open = (document) => {
    if (!isOurs(document)) return;
    client?.notify('textDocument/didOpen', {
      textDocument: {
        uri: document.uri.toString(),
        languageId: document.languageId,
        version: document.version,
        text: document.getText(),
      },
    });
  };
  vscode.workspace.textDocuments.forEach(open);
  const watcher = vscode.workspace.createFileSystemWatcher('**/{*.sql,sqlc-swift.yaml,sqlc-swift.yml,sqlc-swift.json}');
  const changed = (type) => (uri) =>
    client?.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri.toString(), type }] });
  const { languages } = vscode;
  registrations = [
    watcher,
    watcher.onDidCreate(changed(1)),
    watcher.onDidChange(changed(2)),
    watcher.onDidDelete(changed(3)),
    vscode.workspace.onDidOpenTextDocument(open),
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (isOurs(document)) client?.notify('textDocument/didClose', { textDocument: identifier(document) });
    }),
    vscode.workspace.onDidChangeTextDocument((event) => {
      if (!isOurs(event.document) || event.contentChanges.length === 0) return;
      client?.notify('textDocument/didChange', {
        textDocument: { ...identifier(event.document), version: event.document.version },
        contentChanges: event.contentChanges.map((c) => ({ range: spanOf(c.range), text: c.text })),
      });
    }),
    languages.registerHoverProvider(selector, {
      async provideHover(document, position, token) {
        const hover = await ask('textDocument/hover', place(document, position), token);
        return hover && new vscode.Hover(markdownOf(hover.contents), rangeOf(hover.range));
      },
    }),
    languages.registerDefinitionProvider(selector, {
      async provideDefinition(document, position, token) {
        return (await ask('textDocument/definition', place(document, position), token))?.map(locationOf);
      },
    }),
    languages.registerReferenceProvider(selector, {
      async provideReferences(document, position, context, token) {
        const params = { ...place(document, position), context };
        return (await ask('textDocument/references', params, token))?.map(locationOf);
      },
    }),
    languages.registerDocumentHighlightProvider(selector, {
      async provideDocumentHighlights(document, position, token) {
        const found = await ask('textDocument/documentHighlight', place(document, position), token);
        return found?.map((h) => new vscode.DocumentHighlight(rangeOf(h.range), h.kind - 1));
      },
    }),
    languages.registerDocumentSymbolProvider(selector, {
      async provideDocumentSymbols(document, token) {
        const symbolOf = (s) => {
          const made = new vscode.DocumentSymbol(s.name, s.detail ?? '', s.kind - 1, rangeOf(s.range), rangeOf(s.selectionRange));
          made.children = (s.children ?? []).map(symbolOf);
          return made;
        };
        return (await ask('textDocument/documentSymbol', { textDocument: identifier(document) }, token))?.map(symbolOf);
      },
    }),
    languages.registerWorkspaceSymbolProvider({
      async provideWorkspaceSymbols(query, token) {
        const found = await ask('workspace/symbol', { query }, token);
        return found?.map((s) => new vscode.SymbolInformation(s.name, s.kind - 1, s.containerName ?? '', locationOf(s.location)));
      },
    }),
    languages.registerCompletionItemProvider(
      selector,
      {
        async provideCompletionItems(document, position, token) {
          const list = await ask('textDocument/completion', place(document, position), token);
          if (!list) return undefined;
          const items = list.items.map((i) => {
            const made = new vscode.CompletionItem(i.label, i.kind - 1);
            made.detail = i.detail;
            made.documentation = markdownOf(i.documentation);
            made.sortText = i.sortText;
            made.filterText = i.filterText;
            made.insertText = i.insertTextFormat === 2 ? new vscode.SnippetString(i.textEdit.newText) : i.textEdit.newText;
            made.range = rangeOf(i.textEdit.range);
            return made;
          });
          return new vscode.CompletionList(items, list.isIncomplete);
        },
      },
      ...capabilities.completionProvider.triggerCharacters,
    ),
    languages.registerSignatureHelpProvider(
      selector,
      {
        async provideSignatureHelp(document, position, token) {
          const help = await ask('textDocument/signatureHelp', place(document, position), token);
          if (!help) return undefined;
          const made = new vscode.SignatureHelp();
          made.signatures = help.signatures.map((s) => {
            const signature = new vscode.SignatureInformation(s.label, s.documentation);
            signature.parameters = s.parameters.map((p) => new vscode.ParameterInformation(p.label));
            return signature;
          });
          made.activeSignature = help.activeSignature;
          made.activeParameter = help.activeParameter;
          return made;
        },
      },
      ...capabilities.signatureHelpProvider.triggerCharacters,
    ),
    languages.registerCodeActionsProvider(
      selector,
      {
        async provideCodeActions(document, range, context, token) {
          const params = {
            textDocument: identifier(document),
            range: spanOf(range),
            context: { diagnostics: [], ...(context.only ? { only: [context.only.value] } : {}) },
          };
          return (await ask('textDocument/codeAction', params, token))?.map((a) => {
            const made = new vscode.CodeAction(a.title, vscode.CodeActionKind.Empty.append(a.kind));
            made.edit = editOf(a.edit);
            made.diagnostics = a.diagnostics?.map(diagnosticOf);
            made.isPreferred = a.isPreferred;
            return made;
          });
        },
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.SourceFixAll] },
    ),
    languages.registerCodeLensProvider(selector, {
      async provideCodeLenses(document, token) {
        const found = await ask('textDocument/codeLens', { textDocument: identifier(document) }, token);
        return found?.map((l) => new vscode.CodeLens(rangeOf(l.range), { title: l.command.title, command: '' }));
      },
    }),
    languages.registerInlayHintsProvider(selector, {
      async provideInlayHints(document, range, token) {
        const found = await ask('textDocument/inlayHint', { textDocument: identifier(document), range: spanOf(range) }, token);
        return found?.map((h) => {
          const made = new vscode.InlayHint(positionOf(h.position), h.label, h.kind);
          made.tooltip = h.tooltip;
          return made;
        });
      },
    }),
    languages.registerRenameProvider(selector, {
      async prepareRename(document, position, token) {
        // What is refused is said in the editor, in the server's words.
        const found = await client.request('textDocument/prepareRename', place(document, position), token);
        if (!found) throw new Error('There is no name here that can be changed.');
        return { range: rangeOf(found.range), placeholder: found.placeholder };
      },
      async provideRenameEdits(document, position, newName, token) {
        const edit = await client.request('textDocument/rename', { ...place(document, position), newName }, token);
        return edit ? editOf(edit) : undefined;
      },
    }),
    languages.registerDocumentFormattingEditProvider(selector, {
      async provideDocumentFormattingEdits(document, options, token) {
        const params = { textDocument: identifier(document), options };
        return (await ask('textDocument/formatting', params, token))?.map(textEditOf);
      },
    }),
    languages.registerDocumentRangeFormattingEditProvider(selector, {
      async provideDocumentRangeFormattingEdits(document, range, options, token) {
        const params = { textDocument: identifier(document), range: spanOf(range), options };
        return (await ask('textDocument/rangeFormatting', params, token))?.map(textEditOf);
      },
    }),
    languages.registerOnTypeFormattingEditProvider(
      selector,
      {
        async provideOnTypeFormattingEdits(document, position, ch, options, token) {
          const params = { ...place(document, position), ch, options };
          return (await ask('textDocument/onTypeFormatting', params, token))?.map(textEditOf);
        },
      },
      capabilities.documentOnTypeFormattingProvider.firstTriggerCharacter,
    ),
    languages.registerDocumentSemanticTokensProvider(
      selector,
      {
        async provideDocumentSemanticTokens(document, token) {
          const found = await ask('textDocument/semanticTokens/full', { textDocument: identifier(document) }, token);
          return found && new vscode.SemanticTokens(new Uint32Array(found.data));
        },
      },
      new vscode.SemanticTokensLegend(
        capabilities.semanticTokensProvider.legend.tokenTypes,
        capabilities.semanticTokensProvider.legend.tokenModifiers,
      ),
    ),
  ];
}
