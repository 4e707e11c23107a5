import Clinical
import GRDB
import Knowledge

/// MED-RT's classes of drugs: mechanisms, physiologic effects, kinetics, therapeutic and established pharmacologic classes.
///
/// What came from MED-RT before is replaced; what the FDA says of the same classes stays beside it.
struct MedRTImport: ImportContent {
    private(set) var report: ImportReport
    let sourceTitle: String
    let fileDigests: [String]
    let changesDrugs = true
    private var classes: [(id: String, name: String)] = []
    private var members: [(id: String, rxcui: Int)] = []
    private var parents: [(child: String, parent: String)] = []

    /// The systems of our classes, by MED-RT's kinds.
    private static let systems = ["MoA": "MOA", "PE": "PE", "PK": "PK", "TC": "TC", "EPC": "FDA-EPC"]
    /// How rows that came from MED-RT before are marked: ours through RxClass, and earlier imports.
    private static let earlier = ["rxclass-medrt", "MED-RT", "MED-RT %"]

    init(_ path: String, version: String, known: KnowledgeBase, progress: (ImportProgress) -> Void) throws(KnowledgeImportError) {
        report = ImportReport(kind: "classes", name: "medrt", version: version)
        sourceTitle = version.isEmpty ? "MED-RT" : "MED-RT \(version)"
        fileDigests = [digestOfFile(path)]
        let release = try MedRTRelease(path, progress: progress)
        var identifiers: [String: String] = [:]
        for concept in release.concepts {
            guard let system = Self.systems[concept.kind] else { continue }
            identifiers[concept.code] = "\(system):\(concept.code)"
            classes.append(("\(system):\(concept.code)", Self.title(concept.name)))
        }
        parents = release.parents.compactMap { pair in
            guard let child = identifiers[pair.child], let parent = identifiers[pair.parent] else { return nil }
            return (child, parent)
        }
        read(release.members, identifiers, known)
        report.notes = ["\(classes.count) classes; \(release.otherCount) associations of other kinds (diseases, contraindications, hierarchy elsewhere) are left out"]
    }

    private mutating func read(_ rows: [(rxcui: String, code: String, line: Int)], _ identifiers: [String: String], _ known: KnowledgeBase) {
        var losses = LossList()
        var seen: Set<String> = []
        for row in rows {
            report.readCount += 1
            guard let id = identifiers[row.code] else {
                losses.add("the release has no active class of this code", row.code, line: row.line)
                continue
            }
            let drug = known.resolve(CodeableConcept(codings: [Coding(system: .rxNorm, code: row.rxcui)])).drug
            guard let drug, drug.isComplete, drug.ingredients.count == 1 else {
                losses.add("no single ingredient has this RxNorm code", row.rxcui, line: row.line)
                continue
            }
            let rxcui = known.ingredient(drug.ingredients[0]).rxcui
            report.keptCount += 1
            if seen.insert("\(id) \(rxcui)").inserted { members.append((id, rxcui)) }
        }
        report.lost = losses.sorted { _ in nil }
    }

    /// `Cyclooxygenase Inhibitors [MoA]` without its kind.
    private static func title(_ name: String) -> String {
        guard name.hasSuffix("]"), let bracket = name.lastIndex(of: "["), bracket > name.startIndex else { return name }
        return String(name[..<name.index(before: bracket)])
    }

    func write(in database: Database, source: Int) throws {
        let before = try Int.fetchAll(
            database, sql: "SELECT id FROM source WHERE title = ? OR title = ? OR title LIKE ?", arguments: StatementArguments(Self.earlier))
        for id in before { try database.execute(sql: "DELETE FROM class_member WHERE source_id = ?", arguments: [id]) }
        var numbers: [String: Int] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT identifier, id FROM class") { numbers[row[0]] = row[1] }
        try writeClasses(in: database, source: source, &numbers)
        var present: Set<[Int]> = []
        for row in try Row.fetchAll(database, sql: "SELECT class_id, rxcui FROM class_member") { present.insert([row[0], row[1]]) }
        var next = try Int.fetchOne(database, sql: "SELECT coalesce(max(id) + 1, 0) FROM class_member") ?? 0
        let insert = try database.makeStatement(sql: "INSERT INTO class_member VALUES (?, ?, ?, ?)")
        for member in members {
            guard let number = numbers[member.id], present.insert([number, member.rxcui]).inserted else { continue }
            try insert.execute(arguments: [next, number, member.rxcui, source])
            next += 1
        }
    }

    private func writeClasses(in database: Database, source: Int, _ numbers: inout [String: Int]) throws {
        var next = try Int.fetchOne(database, sql: "SELECT coalesce(max(id) + 1, 0) FROM class") ?? 0
        for (id, name) in classes where numbers[id] == nil {
            try database.execute(sql: "INSERT INTO class VALUES (?, ?, ?, 0, ?)", arguments: [next, id, name, source])
            numbers[id] = next
            next += 1
        }
        var present: Set<[String]> = []
        for row in try Row.fetchAll(database, sql: "SELECT class, parent FROM class_parent") { present.insert([row[0], row[1]]) }
        var number = try Int.fetchOne(database, sql: "SELECT coalesce(max(id) + 1, 0) FROM class_parent") ?? 0
        for (child, parent) in parents where present.insert([child, parent]).inserted {
            try database.execute(sql: "INSERT INTO class_parent VALUES (?, ?, ?, ?)", arguments: [number, child, parent, source])
            number += 1
        }
    }
}
