import Documents
import RuleLanguage

extension LanguageServer {
    /// What is wrong with the open files, or with one of them.
    func published(only uri: String? = nil) -> [JSONValue] {
        documents.keys.sorted().filter { uri == nil || $0 == uri }.compactMap { uri in
            documents[uri].map { source in
                Self.note(
                    "textDocument/publishDiagnostics",
                    [("uri", .string(uri)), ("diagnostics", .array(diagnostics(of: source).map { json($0, in: source) }))])
            }
        }
    }

    private func diagnostics(of source: Source) -> [Diagnostic] {
        let file = RuleFile(source)
        if file.holdsOverrides {
            // What is overridden must be there, and is as its files on the disk have it.
            let place = canonical(source.name)
            let others = filesOnDisk.filter { $0.place != place }.map(\.file)
            let layer = filesOnDisk.first { $0.place == place }?.file.layer ?? .site
            return compiler.compile(others + [RuleFile(source, layer: layer)], includingDrafts: true).diagnostics.filter { $0.file == source.name }
        }
        let names = names.filter { $0.source.name != source.name }
        return compiler.compile(names + [file], includingDrafts: true).diagnostics.filter { $0.file == source.name }
    }

    private func json(_ diagnostic: Diagnostic, in source: Source) -> JSONValue {
        let severity: Int =
            switch diagnostic.severity {
            case .error: 1
            case .warning: 2
            case .note: 3
            }
        let more = [diagnostic.label].compactMap(\.self) + diagnostic.help + diagnostic.notes
        let range = diagnostic.range ?? SourceRange(start: 0, end: 0)
        return .object([
            ("range", range.json(in: source)), ("severity", .int(severity)), ("code", .string(diagnostic.code)), ("source", .string("vigil")),
            ("message", .string(([diagnostic.message] + more).joined(separator: "\n"))),
        ])
    }

    /// One edit that puts the formatted text in the place of the whole; none where there is nothing to do.
    func formatting(_ source: Source) -> JSONValue {
        let formatted = RuleFormatter.format(source)
        guard formatted != source.bytes else { return .array([]) }
        return .array([
            .object([
                ("range", SourceRange(start: 0, end: source.bytes.count).json(in: source)),
                ("newText", .string(String(decoding: formatted, as: UTF8.self))),
            ])
        ])
    }
}
