#!/usr/bin/env python3
"""One call for each query of generated Swift: calls.py FOLDER >Calls.swift

Reads what the generator wrote: the methods of `…Transaction`, and the types that their parameters are made of. What a query that is
called Echo… gives has to be its one parameter.
"""
import pathlib, re, sys


def split(text):
    """The parts between commas outside of brackets."""
    parts, depth, start = [], 0, 0
    for index, letter in enumerate(text):
        if letter in "([<":
            depth += 1
        elif letter in ")]>":
            depth -= 1
        elif letter == "," and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    return [part.strip() for part in parts + [text[start:]] if part.strip()]


def bracketed(text, start):
    """What stands between the parenthesis at `start` and its partner."""
    depth = 0
    for index in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        if depth == 0:
            return text[start + 1 : index]
    sys.exit("calls.py: an open parenthesis")


def arguments(parameters):
    found = []
    for parameter in split(parameters):
        label, kind = (part.strip() for part in parameter.split(":", 1))
        label = label.split()[0]
        rows = re.match(r"some (?:Swift\.)?Sequence<(.+)> & ", kind)
        value = f"[values.next(), values.next()] as [{rows[1]}]" if rows else "values.next()"
        found.append(value if label == "_" else f"{label}: {value}")
    return ", ".join(found)


text = "\n".join(path.read_text() for path in sorted(pathlib.Path(sys.argv[1]).glob("*.swift")))
declaration = re.compile(r"^(?:public |package )?nonisolated (struct|enum) (\w+|`\w+`): ([^{\n]*)\{", re.M)
scope = re.search(r"nonisolated struct (\w+): TransactionScope", text)[1]

lines = ["import Foundation", "import SQLCPostgres", ""]
for kind, name, bases in declaration.findall(text):
    start = re.search(rf"nonisolated {kind} {re.escape(name)}: ", text).start()
    body = text[start : text.index("\n}", start)]
    if kind == "enum" and "CaseIterable" in bases:
        lines.append(f"nonisolated extension {name}: CaseSample {{}}")
    elif kind == "struct" and ("PostgresComposite" in bases or f"Sequence<{name}>" in text):
        # Its own, not that of a row inside.
        found = re.search(r"^  (?:public |package )?init\(", body, re.M)
        call = arguments(bracketed(body, found.end() - 1)) if found else ""
        lines += [
            f"nonisolated extension {name}: CaseSample {{",
            f"  static func sample(_ values: CaseValues) -> {name} {{ {name}({call}) }}", "}",
        ]

methods = []
for found in re.finditer(rf"^(?:public |package )?nonisolated extension {scope} \{{\n(.*?)\n\}}", text, re.M | re.S):
    for method in re.finditer(r"\bfunc (\w+|`\w+`)\(", found[1]):
        parameters = bracketed(found[1], method.end() - 1)
        methods.append((method[1], parameters))
lines += ["", "@main struct CaseProgram {", "  nonisolated static func main() async throws {"]
lines += [
    "    // Connection strings, and how often each query is run.",
    "    let options = CommandLine.arguments.dropFirst()",
    "    var databases: [Database] = []",
    "    for text in options.dropLast() { databases.append(try await Database.open(ConnectionOptions(text))) }",
    '    let runner = try await CaseRunner(databases, rounds: Int(options.last ?? "") ?? 60)',
]
for name, parameters in methods:
    lines.append(f'    await runner.run("{name.strip("`")}", in: {scope}.self) {{ tx, values in')
    if name.startswith("echo") and len(split(parameters)) == 1:
        label, kind = (part.strip() for part in split(parameters)[0].split(":", 1))
        kind = kind.split(" = ")[0]
        lines += [f"      let value: {kind} = values.next()", f"      let output = try await tx.{name}({label}: value)"]
        lines += ["      try check(output, is: value)", "      return output"]
    else:
        uses = arguments(parameters)
        if not uses:
            lines[-1] = lines[-1].replace("tx, values in", "tx, _ in")
        lines.append(f"      try await tx.{name}({uses})")
    lines.append("    }")
lines += ["    let status = runner.report()", "    for database in databases { await database.close() }", "    exit(status)", "  }", "}", ""]
print("\n".join(lines))
