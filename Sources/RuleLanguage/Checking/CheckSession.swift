import Clinical
import Documents
import Engine
import Knowledge

/// What is shared while the rules of one set are checked: names, the plan being built, and the complaints.
final class CheckSession {
    let names: Names
    let today: CivilDate
    /// True where rules that are not active are to be shown as if they were: for their tests.
    let showsEveryRule: Bool
    var builder = PlanBuilder()
    /// Value sets and facts that measures share, and the questions that they ask.
    var measureNames = MeasureNames()
    var measures = MeasureBuilder()
    private(set) var diagnostics: [Diagnostic] = []
    /// How many errors there were, those told elsewhere included.
    private(set) var errorCount = 0
    private var isSilent = false
    /// Pairs for which interaction rules speak.
    var pairClaims: [PairClaim] = []
    /// The same of rules about duplicates, each with its group on both sides.
    var duplicateClaims: [PairClaim] = []
    /// Tables of pairs of which a pack says that no site goes below a severity.
    var pairFloors: [PairFloor] = []
    var longestNames: [DrugSetID: String] = [:]
    private var told: Set<Told> = []

    /// What was told, and where: the same is not told twice, nor what follows from text that is no YAML.
    private struct Told: Hashable {
        let file: String
        let start: Int
        let code: String
        let message: String
    }
    private(set) var sources: [String: Source]
    var layers: [String: Layer] = [:]
    /// The files laid over each file, in their order.
    private var overlays: [String: [String]] = [:]

    init(names: Names, today: CivilDate, sources: [String: Source], showsEveryRule: Bool = false) {
        self.names = names
        self.showsEveryRule = showsEveryRule
        self.today = today
        self.sources = sources
    }

    /// A file of the set, by name.
    func source(_ file: String) -> Source? { sources[file] }

    /// A text that is checked with the files: a condition that stands in a table.
    func add(_ source: Source) {
        sources[source.name] = source
    }

    func layer(of file: String) -> Layer { layers[file] ?? .pack }

    /// One more file that is laid over a file.
    func overlay(_ name: String, on file: String) {
        overlays[file, default: []].append(name)
    }

    /// The files that are laid over a file.
    func overlays(on file: String) -> [String] { overlays[file] ?? [] }

    /// The file in which a node of a tree was written, and where.
    func place(_ file: String, _ range: SourceRange) -> (file: String, range: SourceRange) {
        let (number, origin) = Overlay.origin(of: range)
        guard number > 0, let names = overlays[file], number <= names.count else { return (file, range) }
        return (names[number - 1], origin)
    }

    func add(_ diagnostics: [Diagnostic]) {
        self.diagnostics += diagnostics
        for diagnostic in diagnostics {
            if let range = diagnostic.range { told.insert(Told(file: diagnostic.file, start: range.start, code: "", message: "")) }
        }
        errorCount += diagnostics.count { $0.severity == .error }
    }

    func report(
        _ code: String, _ message: String, file: String, at range: SourceRange, label: String? = nil, help: [String] = [],
        related: [Diagnostic.Related] = []
    ) {
        report(code, .error, message, file: file, at: range, label: label, help: help, related: related)
    }

    func report(
        _ code: String, _ severity: Diagnostic.Severity, _ message: String, file: String, at range: SourceRange,
        label: String? = nil, help: [String] = [], related: [Diagnostic.Related] = []
    ) {
        if severity == .error { errorCount += 1 }
        let (file, range) = place(file, range)
        guard !isSilent, !told.contains(Told(file: file, start: range.start, code: "", message: "")),
            told.insert(Told(file: file, start: range.start, code: code, message: message)).inserted
        else { return }
        diagnostics.append(
            Diagnostic(
                code: code, severity: severity, message: message, file: file, range: range, label: label, help: help,
                notes: [], related: related.map(placed)))
    }

    private func placed(_ related: Diagnostic.Related) -> Diagnostic.Related {
        let (file, range) = place(related.file, related.range)
        return Diagnostic.Related(file: file, range: range, message: related.message)
    }

    /// Reads something whose mistakes are told elsewhere: they count, and are not told again.
    func silently<Value>(_ read: () -> Value) -> Value {
        let outer = isSilent
        isSilent = true
        defer { isSilent = outer }
        return read()
    }
}
