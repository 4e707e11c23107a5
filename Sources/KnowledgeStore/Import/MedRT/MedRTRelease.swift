/// What of a MED-RT release speaks of classes of drugs: its concepts by kind, which drugs they have, and what lies below what.
///
/// - Source: NCI EVS, MED-RT Core XML: `concept` with namespace, name, code, status and the property CTY; `association` with
///   name, from and to, of which `Parent Of` leads from the parent to the child.
struct MedRTRelease {
    struct Concept {
        let code: String
        let name: String
        /// `MoA`, `PE`, `PK`, `TC`, `EPC`.
        let kind: String
    }

    private(set) var concepts: [Concept] = []
    /// RxNorm code, class, and the line on which the association ends.
    private(set) var members: [(rxcui: String, code: String, line: Int)] = []
    /// Child and parent.
    private(set) var parents: [(child: String, parent: String)] = []
    /// Associations of other kinds: diseases, contraindications, ingredients.
    private(set) var otherCount = 0

    /// The associations that make a drug a member, and the kind of class to which each leads.
    private static let memberships = ["has_MoA": "MoA", "has_PE": "PE", "has_PK": "PK", "has_TC": "TC", "has_EPC": "EPC"]

    init(_ path: String, progress: (ImportProgress) -> Void) throws(KnowledgeImportError) {
        var file = try ElementFile(path)
        var open: [String] = []
        var record = Record()
        var lastPiece = 0
        var isRelease = false
        while let token = try file.next() {
            switch token {
            case .open(let name):
                open.append(name)
                isRelease = isRelease || open == ["terminology"]
                if open.count == 2 { record = Record() }
                if open.count == 3, name == "property" { record.property = [:] }
            case .text(let text):
                record.add(text, at: open)
            case .close(let name):
                guard open.popLast() == name else {
                    throw .malformed(path: path, line: file.line, why: "</\(name)> closes what was not opened")
                }
                record.close(name, depth: open.count)
                if open.count == 1 { add(name, record, line: file.line) }
            }
            if file.bytesRead - lastPiece >= 16 << 20 {
                lastPiece = file.bytesRead
                progress(.init(step: "reading \(path), \(members.count) memberships", percent: nil))
            }
        }
        guard open.isEmpty else { throw .malformed(path: path, line: file.line, why: "the file ends within <\(open.joined(separator: "><"))>") }
        guard isRelease, !concepts.isEmpty else {
            throw .malformed(path: path, line: 1, why: "this is no MED-RT release: there is no concept with a CTY in a <terminology>")
        }
    }

    private mutating func add(_ name: String, _ record: Record, line: Int) {
        switch name {
        case "concept":
            guard record["namespace"] == "MED-RT", record["status"] != "R", let kind = record.kind, let code = record["code"],
                Self.memberships.values.contains(kind)
            else { return }
            concepts.append(Concept(code: code, name: record["name"] ?? code, kind: kind))
        case "association":
            guard let kind = record["name"], let from = record["from_code"], let to = record["to_code"] else { return }
            let (start, end) = (record["from_namespace"], record["to_namespace"])
            if Self.memberships[kind] != nil, start == "RxNorm", end == "MED-RT" {
                members.append((from, to, line))
            } else if kind == "Parent Of", start == "MED-RT", end == "MED-RT" {
                parents.append((child: to, parent: from))
            } else {
                otherCount += 1
            }
        default: break
        }
    }

    /// The texts of one concept or association.
    private struct Record {
        private var texts: [String: String] = [:]
        var property: [String: String] = [:]
        private(set) var kind: String?

        subscript(_ name: String) -> String? { texts[name] }

        mutating func add(_ text: String, at open: [String]) {
            guard let leaf = open.last else { return }
            if open.count == 3 { texts[leaf, default: ""] += text }
            if open.count == 4, open[2] == "property" { property[leaf, default: ""] += text }
        }

        mutating func close(_ name: String, depth: Int) {
            if depth == 2, name == "property", property["name"] == "CTY" { kind = property["value"] }
        }
    }
}
