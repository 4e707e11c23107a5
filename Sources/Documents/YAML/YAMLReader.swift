/// How large and how deep a YAML text may be.
public struct YAMLLimits: Sendable, Hashable {
    /// How many maps and lists may stand inside each other; never more than 512.
    public var depth = 64
    /// Bytes of the text.
    public var size = 1 << 20
    /// Scalars, maps and lists together.
    public var nodes = 100_000

    public init(depth: Int = 64, size: Int = 1 << 20, nodes: Int = 100_000) {
        self.depth = depth
        self.size = size
        self.nodes = nodes
    }

    /// 64 deep, 1 MiB, 100,000 values.
    public static let standard = YAMLLimits()
}

/// Reads YAML as rule authors write it: maps, lists and text.
///
/// What YAML can do beyond that, and every trap that turns text into something else, is refused with a sentence
/// about it. Codes: V100 other syntax, V101 equal keys, V102 refused features, V103 colon in text, V104 text in a flow
/// map, V105 tabs, unusual blanks and curly quotes, V106 braces around a placeholder, V107 `>` as a comparison, V108
/// too deep or too large, V109 encoding.
public struct YAMLReader {
    /// After so many repairs a text is not worth reading on.
    private static let greatestRepairs = 24

    /// The tree of a text and every problem found in it, in the order of the text.
    ///
    /// libyaml stops at the first problem. So that one run reports them all, the spot that stopped it is covered, once
    /// explained, with harmless characters of the same length, and the text read again. The tree is nil if it would
    /// lack something the author wrote; else it is given, problems or not, so that later stages can add theirs.
    ///
    /// - Complexity: linear, times the number of syntax errors, at most 24.
    public static func read(
        _ source: Source, limits: YAMLLimits = .standard
    ) -> (node: YAMLNode?, diagnostics: [Diagnostic]) {
        guard source.bytes.count <= limits.size else {
            return (nil, [.tooLarge(source, limit: limits.size)])
        }
        var (text, diagnostics) = YAMLTextCheck.check(source)
        guard var text else { return (nil, diagnostics) }

        var complete = true
        for _ in 0...greatestRepairs {
            var builder = YAMLTreeBuilder(text: text, limits: limits)
            let failure = YAMLEvents.read(text) { builder.add($0) }
            guard let failure else {
                diagnostics += builder.diagnostics
                if case nil = builder.root, diagnostics.isEmpty { diagnostics.append(.nothing(source)) }
                return (complete && builder.isComplete ? builder.root : nil, ordered(diagnostics, source))
            }
            let explanation = YAMLExplainer(text: text, failure: failure, builder: builder).explanation
            diagnostics.append(explanation.diagnostic)
            complete = complete && explanation.keepsContent
            guard text.cover(explanation.covers) else {
                diagnostics += builder.diagnostics
                return (nil, ordered(diagnostics, source))
            }
        }
        return (nil, ordered(diagnostics, source))
    }

    /// In the order of the text, each once; of a line with a tab or an unusual blank only that is said, for what else
    /// is odd there usually follows from it.
    private static func ordered(_ diagnostics: [Diagnostic], _ source: Source) -> [Diagnostic] {
        struct Place: Hashable {
            let code: String
            let start: Int
        }
        var seen: Set<Place> = []
        func line(_ diagnostic: Diagnostic) -> Int? { diagnostic.range.map { source.position(of: $0.start).line } }
        let blanks = Set(diagnostics.filter { $0.code == "V105" }.compactMap(line))
        return
            diagnostics
            .filter { diagnostic in
                guard !blanks.isEmpty, diagnostic.code == "V100" else { return true }
                return line(diagnostic).map { !blanks.contains($0) } ?? true
            }
            .filter { seen.insert(Place(code: $0.code, start: $0.range?.start ?? -1)).inserted }
            .enumerated()
            .sorted { ($0.element.range?.start ?? -1, $0.offset) < ($1.element.range?.start ?? -1, $1.offset) }
            .map(\.element)
    }
}

extension Diagnostic {
    fileprivate static func nothing(_ source: Source) -> Diagnostic {
        Diagnostic(code: "V100", message: "nothing is written in this file", file: source.name)
    }

    fileprivate static func tooLarge(_ source: Source, limit: Int) -> Diagnostic {
        Diagnostic(
            code: "V108", message: "this file has \(source.bytes.count) bytes; at most \(limit) are read",
            file: source.name, help: ["split it into several files"])
    }
}
