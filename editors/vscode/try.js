// Runs the extension without VS Code, against a real server: `node try.js TOOL PROJECT`. Every provider that it registers is
// asked, and what it gives is built of stand-ins for the editor's classes.
'use strict';

const fs = require('fs');
const Module = require('module');
const path = require('path');

const [tool, project] = process.argv.slice(2).map((p) => path.resolve(p));
const file = path.join(project, 'queries/books.sql');
const text = fs.readFileSync(file, 'utf8');
const providers = {};
const disposable = () => ({ dispose() {} });
const published = new Map();

class Thing {
  constructor(...members) {
    this.members = members;
  }
}
class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}
class Range {
  constructor(start, end) {
    Object.assign(this, { start, end });
  }
}
class WorkspaceEdit {
  constructor() {
    this.files = new Map();
  }
  set(uri, edits) {
    this.files.set(String(uri), edits);
  }
  createFile(uri) {
    this.files.set(String(uri), []);
  }
}
const kind = { append: (value) => ({ value }) };
const uri = (value) => ({ toString: () => value });
const document = {
  uri: uri(`file://${file}`),
  languageId: 'sql',
  version: 1,
  getText: () => text,
};
const vscode = new Proxy(
  {
    Position,
    Range,
    WorkspaceEdit,
    Uri: { parse: uri },
    TextEdit: { replace: (range, newText) => ({ range, newText }) },
    CodeActionKind: { Empty: kind, QuickFix: kind, SourceFixAll: kind },
    commands: { registerCommand: disposable },
    window: { showErrorMessage: (message) => fail(message), showInformationMessage() {} },
    workspace: {
      workspaceFolders: [{ uri: uri(`file://${project}`), name: 'project' }],
      textDocuments: [document],
      getConfiguration: () => ({ get: () => tool }),
      createFileSystemWatcher: () => ({
        onDidCreate: disposable,
        onDidChange: disposable,
        onDidDelete: disposable,
        dispose() {},
      }),
      onDidOpenTextDocument: disposable,
      onDidCloseTextDocument: disposable,
      onDidChangeTextDocument: disposable,
    },
    languages: new Proxy(
      {
        match: () => 1,
        createDiagnosticCollection: () => ({
          set: (of, found) => published.set(String(of), found),
          clear() {},
          dispose() {},
        }),
      },
      {
        get: (own, name) =>
          own[name] ??
          ((...given) => {
            providers[name] = given.find((g) => g !== null && typeof g === 'object' && !Array.isArray(g));
            return disposable();
          }),
      },
    ),
  },
  { get: (own, name) => own[name] ?? Thing },
);

function fail(message) {
  console.error(`not as it should be: ${message}`);
  process.exit(1);
}
function check(condition, what) {
  if (!condition) fail(what);
}

const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? vscode : load(name, ...rest));
const extension = require('./extension');

(async () => {
  await extension.activate({ subscriptions: [] });
  const at = (needle, plus) => {
    const before = text.slice(0, text.indexOf(needle) + plus).split('\n');
    return new Position(before.length - 1, before[before.length - 1].length);
  };
  const ask = (name, method, ...given) => providers[name][method](document, ...given);
  const hover = await ask('registerHoverProvider', 'provideHover', at('GetBook', 2));
  check(hover.members[0].members[0].includes('At most one row'), 'hover');
  const definition = await ask('registerDefinitionProvider', 'provideDefinition', at('FROM books', 6));
  check(definition.length === 1, 'definition');
  check((await ask('registerReferenceProvider', 'provideReferences', at('FROM books', 6), { includeDeclaration: true })).length > 2, 'references');
  check((await ask('registerDocumentHighlightProvider', 'provideDocumentHighlights', at('FROM books', 6))).length > 1, 'highlights');
  check((await ask('registerDocumentSymbolProvider', 'provideDocumentSymbols')).length === 4, 'symbols');
  check((await providers.registerWorkspaceSymbolProvider.provideWorkspaceSymbols('book')).length > 1, 'workspace symbols');
  const list = await ask('registerCompletionItemProvider', 'provideCompletionItems', at('b.title', 2));
  check(list.members[0].some((i) => i.members[0] === 'author_id'), 'completion');
  check(await ask('registerSignatureHelpProvider', 'provideSignatureHelp', at('VALUES (', 8)), 'signature');
  check((await ask('registerCodeLensProvider', 'provideCodeLenses')).length === 3, 'lenses');
  const all = new Range(new Position(0, 0), new Position(99, 0));
  check((await ask('registerInlayHintsProvider', 'provideInlayHints', all)).length > 3, 'hints');
  check(await ask('registerCodeActionsProvider', 'provideCodeActions', all, {}), 'actions');
  check(await ask('registerRenameProvider', 'prepareRename', at('GetBook', 2)), 'prepare rename');
  const edit = await ask('registerRenameProvider', 'provideRenameEdits', at('GetBook', 2), 'OneBook');
  check(edit.files.size === 1, 'rename');
  let refusal = '';
  await ask('registerRenameProvider', 'provideRenameEdits', at('GetBook', 2), 'no name').catch((e) => (refusal = e.message));
  check(refusal.includes('no name'), 'a refusal is told');
  const tokens = await ask('registerDocumentSemanticTokensProvider', 'provideDocumentSemanticTokens');
  check(tokens.members[0].length > 20, 'tokens');
  check((await ask('registerDocumentFormattingEditProvider', 'provideDocumentFormattingEdits', {})) !== undefined, 'formatting');
  check(
    (await ask('registerDocumentRangeFormattingEditProvider', 'provideDocumentRangeFormattingEdits', all, {})) !== undefined,
    'formatting of a range',
  );
  const end = at(';', 1);
  check(
    (await ask('registerOnTypeFormattingEditProvider', 'provideOnTypeFormattingEdits', end, ';', {})) !== undefined,
    'formatting at a semicolon',
  );
  await extension.deactivate();
  console.log('the extension was answered as it should be');
})().catch((error) => fail(error.stack));
