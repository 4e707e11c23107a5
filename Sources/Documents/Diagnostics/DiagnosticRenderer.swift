/// Shows diagnostics in one of the formats, in the order given.
public struct DiagnosticRenderer: Sendable {
    public let format: DiagnosticFormat
    /// Whether the text format uses ANSI colours.
    public let color: Bool

    public init(format: DiagnosticFormat, color: Bool = false) {
        self.format = format
        self.color = color
    }

    /// The diagnostics as text that ends with a line break; empty (or `[]` in JSON) if there are none.
    ///
    /// - Parameter sources: the texts by name; a diagnostic whose text is not among them is shown without its line.
    public func render(_ diagnostics: [Diagnostic], sources: [String: Source]) -> String {
        switch format {
        case .text: text(diagnostics, sources)
        case .concise: diagnostics.map { concise($0, sources) + "\n" }.joined()
        case .json: json(diagnostics, sources)
        }
    }

    private func text(_ diagnostics: [Diagnostic], _ sources: [String: Source]) -> String {
        diagnostics
            .map { DiagnosticSnippet(diagnostic: $0, sources: sources, color: color).text }
            .joined(separator: "\n")
    }

    private func concise(_ diagnostic: Diagnostic, _ sources: [String: Source]) -> String {
        let place = Place(file: diagnostic.file, range: diagnostic.range, sources: sources)
        return "\(place.text): \(diagnostic.severity.rawValue)[\(diagnostic.code)]: \(diagnostic.message)"
    }

    private func json(_ diagnostics: [Diagnostic], _ sources: [String: Source]) -> String {
        var writer = JSONWriter(pretty: true)
        writer.array { array in
            for diagnostic in diagnostics { write(diagnostic, sources, to: &array) }
        }
        return String(decoding: writer.bytes, as: UTF8.self) + "\n"
    }

    private func write(_ diagnostic: Diagnostic, _ sources: [String: Source], to writer: inout JSONWriter) {
        writer.object { object in
            object.member("code", string: diagnostic.code)
            object.member("severity", string: diagnostic.severity.rawValue)
            object.member("message", string: diagnostic.message)
            write(file: diagnostic.file, range: diagnostic.range, sources, to: &object)
            object.member("label", string: diagnostic.label)
            object.member("help") { $0.array { help in diagnostic.help.forEach { help.string($0) } } }
            object.member("notes") { $0.array { notes in diagnostic.notes.forEach { notes.string($0) } } }
            object.member("related") {
                $0.array { related in
                    for other in diagnostic.related {
                        related.object { object in
                            object.member("message", string: other.message)
                            write(file: other.file, range: other.range, sources, to: &object)
                        }
                    }
                }
            }
        }
    }

    private func write(
        file: String, range: SourceRange?, _ sources: [String: Source], to object: inout JSONWriter
    ) {
        object.member("file", string: file)
        guard let range, let source = sources[file] else { return }
        let start = source.position(of: range.start)
        let end = source.position(of: range.end)
        object.member("line", int: start.line)
        object.member("column", int: start.column)
        object.member("endLine", int: end.line)
        object.member("endColumn", int: end.column)
    }
}

/// `file:line:column`, as far as it is known.
struct Place {
    let file: String
    let position: (line: Int, column: Int)?

    init(file: String, range: SourceRange?, sources: [String: Source]) {
        self.file = file
        position = range.flatMap { range in sources[file].map { $0.position(of: range.start) } }
    }

    var text: String {
        position.map { "\(file):\($0.line):\($0.column)" } ?? file
    }
}
