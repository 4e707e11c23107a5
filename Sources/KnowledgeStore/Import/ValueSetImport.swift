import Clinical
import Documents
import GRDB
import Knowledge

/// Value sets of a hospital: a FHIR ValueSet with its expansion, or a table. One that we have under the same name is replaced.
struct ValueSetImport: ImportContent {
    private(set) var report: ImportReport
    private(set) var sourceTitle: String
    let fileDigests: [String]
    private var rows: [ValueSetCodeRow] = []
    private var losses = LossList()

    init(_ path: String, version: String) throws(KnowledgeImportError) {
        let name = path.split(separator: "/").last.map { String($0.prefix { $0 != "." }) } ?? path
        report = ImportReport(kind: "value sets", name: "valueset-\(name.lowercased())", version: version)
        sourceTitle = "value sets of \(name)\(version.isEmpty ? "" : " \(version)")"
        fileDigests = [digestOfFile(path)]
        if path.hasSuffix(".json") { try readJSON(path) } else { try readTable(path) }
        report.keptCount = rows.count
        report.lost = losses.sorted { _ in nil }
        if rows.isEmpty { throw .malformed(path: path, line: 1, why: "there is no code in it; a ValueSet needs its expansion or its codes") }
    }

    /// - Source: FHIR R4 §ValueSet: `expansion.contains` where it is expanded, else `compose.include.concept`.
    private mutating func readJSON(_ path: String) throws(KnowledgeImportError) {
        let root: JSONNode
        do {
            root = try JSONDocument(parsing: SourceFile.bytes(of: path)).root
        } catch {
            throw .unreadable(path: path, why: "\(error)")
        }
        guard let type = root["resourceType"], type.equals("ValueSet") else {
            throw .malformed(path: path, line: 1, why: "this is no FHIR ValueSet")
        }
        let identifier = root["id"]?.string ?? root["name"]?.string ?? ""
        guard !identifier.isEmpty else { throw .malformed(path: path, line: 1, why: "the ValueSet has neither id nor name") }
        let title = root["title"]?.string ?? root["name"]?.string ?? identifier
        if let address = root["url"]?.string { sourceTitle = [address, root["version"]?.string].compactMap(\.self).joined(separator: "|") }
        let set = identifier.hasPrefix("VS:") ? identifier : "VS:\(identifier)"
        if let contains = root["expansion"]?["contains"] {
            var open = Array(contains.elements.reversed())
            while let node = open.popLast() {
                add(node, system: node["system"]?.string, set, title)
                if let below = node["contains"] { open += below.elements.reversed() }
            }
        } else {
            for include in (root["compose"]?["include"]).map({ Array($0.elements) }) ?? [] {
                for concept in include["concept"].map({ Array($0.elements) }) ?? [] {
                    add(concept, system: include["system"]?.string, set, title)
                }
                for filter in include["filter"].map({ Array($0.elements) }) ?? [] {
                    report.readCount += 1
                    losses.add("a filter needs the expansion of a terminology server", filter["value"]?.string ?? "", line: 1)
                }
            }
        }
    }

    private mutating func add(_ node: JSONNode, system: String?, _ set: String, _ title: String) {
        if node["abstract"]?.bool == true { return }
        report.readCount += 1
        guard let code = node["code"]?.string, !code.isEmpty, let system, !system.isEmpty else {
            losses.add("a code without a system or a system without a code", node["code"]?.string ?? "", line: 1)
            return
        }
        if node["inactive"]?.bool == true { losses.add("the code is inactive", code, line: 1) }
        rows.append(
            ValueSetCodeRow(set: set, title: title, system: CodeSystem(system).description, code: code, display: node["display"]?.string ?? ""))
    }

    private mutating func readTable(_ path: String) throws(KnowledgeImportError) {
        var file = try DelimitedFile(path, delimiter: UInt8(ascii: ","), isQuoted: true)
        let names = ["valueset", "name", "system", "code", "display"]
        let columns = try DeclaredColumns(Dictionary(uniqueKeysWithValues: names.map { ($0, $0) }), in: &file, hasHeader: true)
        while try file.next() {
            report.readCount += 1
            let set = file.text(columns["valueset"])
            let code = file.text(columns["code"])
            let system = file.text(columns["system"])
            guard !set.isEmpty, !code.isEmpty, !system.isEmpty else {
                losses.add("valueset, system or code is empty", code, line: file.line)
                continue
            }
            rows.append(
                ValueSetCodeRow(
                    set: set.hasPrefix("VS:") ? set : "VS:\(set)", title: file.text(columns["name"]),
                    system: CodeSystem(system).description, code: code, display: file.text(columns["display"])))
        }
    }

    func write(in database: Database, source: Int) throws {
        var ids: [String: Int] = [:]
        for row in rows where ids[row.set] == nil {
            if let known = try Int.fetchOne(database, sql: "SELECT id FROM valueset WHERE name = ?", arguments: [row.set]) {
                try database.execute(sql: "DELETE FROM valueset_code WHERE valueset_id = ?", arguments: [known])
                try database.execute(sql: "UPDATE valueset SET title = ? WHERE id = ?", arguments: [row.title, known])
                ids[row.set] = known
            } else {
                let id = try Int.fetchOne(database, sql: "SELECT coalesce(max(id) + 1, 0) FROM valueset") ?? 0
                try database.execute(sql: "INSERT INTO valueset VALUES (?, ?, ?)", arguments: [id, row.set, row.title])
                ids[row.set] = id
            }
        }
        let statement = try database.makeStatement(
            sql: """
                INSERT INTO valueset_code(id, valueset_id, system_id, code, display, is_prefix, source_id)
                SELECT coalesce(max(id) + 1, 0), ?, ?, ?, ?, 0, ? FROM valueset_code
                """)
        for row in rows {
            try statement.execute(arguments: [ids[row.set], try system(row.system, in: database), row.code, row.display, source])
        }
    }

    private func system(_ uri: String, in database: Database) throws -> Int {
        if let id = try Int.fetchOne(database, sql: "SELECT id FROM code_system WHERE uri = ?", arguments: [uri]) { return id }
        let id = try Int.fetchOne(database, sql: "SELECT coalesce(max(id) + 1, 0) FROM code_system") ?? 0
        try database.execute(sql: "INSERT INTO code_system VALUES (?, ?)", arguments: [id, uri])
        return id
    }
}
