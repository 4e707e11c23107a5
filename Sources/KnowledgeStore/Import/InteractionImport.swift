import GRDB
import Knowledge

/// A table of interactions, read and packed.
struct InteractionImport: ImportContent {
    private(set) var report: ImportReport
    let sourceTitle: String
    let fileDigests: [String]
    private let layer: InteractionLayer

    init(
        _ file: String, mapping: PairMapping, mappingPath: String, known: KnowledgeBase, progress: (ImportProgress) -> Void
    ) throws(KnowledgeImportError) {
        var crosswalk: [String: String]?
        var files = [file, mappingPath]
        if let declared = mapping.crosswalk {
            let path = Self.beside(mappingPath, declared.file)
            files.append(path)
            crosswalk = try Self.read(declared, path)
        }
        var reading = PairTableReading(mapping, base: known)
        try reading.read(file, crosswalk: crosswalk, progress: progress)
        progress(.init(step: "sorting the pairs of \(file)", percent: nil))
        let pairs = try reading.pack()
        layer = InteractionLayer(
            name: mapping.name, rank: mapping.rank, lowering: mapping.lowering, statements: reading.statements, pairs: pairs)
        sourceTitle = "\(mapping.title) \(mapping.version)"
        fileDigests = files.map(digestOfFile)
        report = ImportReport(kind: "interactions", name: mapping.name, version: mapping.version)
        report.readCount = reading.readCount
        report.keptCount = pairs.count
        let names = mapping.match == .name ? known.names(of: .drug) : []
        report.lost = reading.losses.sorted { names.isEmpty ? nil : NearestIngredient.find($0, in: names) }
        report.notes = Self.notes(reading, pairs.count, layer)
        report.conflicts = Self.conflicts(of: layer, with: known)
    }

    private static func notes(_ reading: PairTableReading, _ pairs: Int, _ layer: InteractionLayer) -> [String] {
        var notes = ["\(pairs) pairs of \(layer.pairs.rxcuis.count) ingredients, \(layer.statements.count) different statements"]
        if reading.repeatedCount > 0 { notes.append("\(reading.repeatedCount) rows repeat a pair that is here with the same severity") }
        if reading.contradictedCount > 0 {
            notes.append("\(reading.contradictedCount) rows repeat a pair with a lower severity: the more severe row counts")
        }
        if reading.skippedCount > 0 { notes.append("\(reading.skippedCount) rows are left out on purpose (`skip`)") }
        if !layer.lowering.isEmpty { notes.append("this source may lower a severity: \(layer.lowering)") }
        return notes
    }

    /// Where the source and our own tables differ, counted by what each says; nothing is averaged.
    private static func conflicts(of layer: InteractionLayer, with known: KnowledgeBase) -> [ImportReport.Conflict] {
        let ids = layer.pairs.rxcuis.map { known.ingredient(rxcui: Int($0)) }
        let places = Dictionary(layer.pairs.rxcuis.enumerated().map { (Int($0.element), $0.offset) }, uniquingKeysWith: { first, _ in first })
        var counts: [[Severity]: Int] = [:]
        layer.pairs.forEach { a, b, statement in
            guard let one = places[a].flatMap({ ids[$0] }), let other = places[b].flatMap({ ids[$0] }),
                let before = known.interaction(one, other), !before.id.hasPrefix("\(layer.name.uppercased())-")
            else { return }
            let severity = layer.statements[statement].severity
            if before.severity != severity { counts[[severity, before.severity], default: 0] += 1 }
        }
        return counts.sorted { ($1.key[0], $1.key[1]) < ($0.key[0], $0.key[1]) }.map { key, count in
            .init(imported: key[0], known: key[1], importedSpeaks: key[0] > key[1] || !layer.lowering.isEmpty, pairs: count)
        }
    }

    /// A file that a mapping names stands beside it.
    private static func beside(_ mapping: String, _ file: String) -> String {
        if file.hasPrefix("/") { return file }
        guard let slash = mapping.lastIndex(of: "/") else { return file }
        return String(mapping[...slash]) + file
    }

    private static func read(_ crosswalk: PairMapping.Crosswalk, _ path: String) throws(KnowledgeImportError) -> [String: String] {
        var file = try DelimitedFile(path, delimiter: UInt8(ascii: ","), isQuoted: true)
        let columns = try DeclaredColumns(["code": crosswalk.code, "rxcui": crosswalk.rxcui], in: &file, hasHeader: true)
        var codes: [String: String] = [:]
        while try file.next() {
            let code = file.text(columns["code"])
            if codes[code] == nil { codes[code] = file.text(columns["rxcui"]) }
        }
        return codes
    }

    func write(in database: Database, source: Int) throws {
        if let old = try Int.fetchOne(database, sql: "SELECT id FROM layer WHERE name = ?", arguments: [layer.name]) {
            for table in ["layer_pack", "layer_statement"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE layer_id = ?", arguments: [old])
            }
            try database.execute(sql: "DELETE FROM layer WHERE id = ?", arguments: [old])
        }
        let id = try Int.fetchOne(database, sql: "SELECT coalesce(max(id) + 1, 0) FROM layer") ?? 0
        try database.execute(
            sql: "INSERT INTO layer VALUES (?, ?, ?, ?, ?)",
            arguments: [id, layer.name, layer.rank.rawValue, layer.lowering, source])
        let statement = try database.makeStatement(sql: "INSERT INTO layer_statement VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        for (number, row) in layer.statements.enumerated() {
            try statement.execute(
                arguments: [
                    id, number, row.id, row.severity.rawValue, row.effect, row.mechanism, row.management, row.evidence,
                ])
        }
        let parts = [
            ("rxcuis", PackedBytes.bytes(layer.pairs.rxcuis)), ("starts", PackedBytes.bytes(layer.pairs.starts)),
            ("partners", PackedBytes.bytes(layer.pairs.partners)), ("statements", PackedBytes.bytes(layer.pairs.statements)),
        ]
        for (part, bytes) in parts {
            try database.execute(
                sql: "INSERT INTO layer_pack(layer_id, part, content) VALUES (?, ?, ?)",
                arguments: [id, part, PackedBytes.argument(bytes)])
        }
    }
}
