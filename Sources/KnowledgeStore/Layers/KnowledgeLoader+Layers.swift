import GRDB
import Knowledge

extension KnowledgeLoader {
    /// Every imported layer, its pairs as they are packed.
    func layers(_ source: (Int) -> String) throws -> [InteractionLayer] {
        let heads = try values("SELECT id, name, rank, lowering, source_id FROM layer ORDER BY id") { row in
            (id: row[0] as Int, name: row[1] as String, rank: row[2] as String, lowering: row[3] as String, source: row[4] as Int)
        }
        return try heads.map { head in
            let statements = try statements(of: head.id, source: source(head.source))
            guard let rank = Interaction.Layer(rawValue: head.rank), let pairs = try pairs(of: head.id, statements.count) else {
                throw KnowledgeStoreError.FileProblem.inconsistent("the pairs of the layer \(head.name) do not fit together").asError
            }
            return InteractionLayer(
                name: head.name, rank: rank, lowering: head.lowering, statements: statements, pairs: pairs)
        }
    }

    private func statements(of layer: Int, source: String) throws -> [InteractionRuleRow] {
        let words = Dictionary(uniqueKeysWithValues: Severity.allCases.map { ($0.rawValue, $0) })
        return try values(
            """
            SELECT rule, severity, effect, mechanism, management, evidence FROM layer_statement WHERE layer_id = \(layer)
            ORDER BY number
            """
        ) { row in
            guard let severity = words[row[1]] else {
                throw KnowledgeStoreError.FileProblem.inconsistent("a severity is not known").asError
            }
            return InteractionRuleRow(
                id: row[0], a: .other(kind: "pair", name: ""), aName: "", b: .other(kind: "pair", name: ""), bName: "",
                severity: severity, effect: row[2], mechanism: row[3], management: row[4], evidence: row[5], source: source)
        }
    }

    private func pairs(of layer: Int, _ statementCount: Int) throws -> PackedPairs? {
        func part<Value: FixedWidthInteger>(_ name: String, as type: Value.Type) throws -> [Value]? {
            let row = try Row.fetchOne(
                database, sql: "SELECT content FROM layer_pack WHERE layer_id = ? AND part = ?", arguments: [layer, name])
            return row.flatMap { Self.blob($0, 0, as: type) }
        }
        guard let rxcuis = try part("rxcuis", as: UInt32.self), let starts = try part("starts", as: UInt32.self),
            let partners = try part("partners", as: UInt16.self), let statements = try part("statements", as: UInt32.self)
        else { return nil }
        return PackedPairs(
            rxcuis: rxcuis, starts: starts, partners: partners, statements: statements, statementCount: statementCount)
    }
}
