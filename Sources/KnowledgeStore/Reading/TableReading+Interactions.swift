import Documents
import Knowledge

extension TableReading {
    mutating func readInteractions(into tables: inout KnowledgeTables) {
        table(
            .interactions,
            [
                "id", "a_type", "a_id", "a_name", "b_type", "b_id", "b_name", "severity", "onc_list", "effect", "mechanism",
                "management", "evidence", "sources",
            ]
        ) { reader, _ in
            tables.interactionRules = reader.rows.map { row in
                let list = reader.text(row, "onc_list")
                return InteractionRuleRow(
                    id: reader.filled(row, "id"), a: reader.subject(row, type: "a_type", id: "a_id", name: "a_name"),
                    aName: reader.text(row, "a_name"), b: reader.subject(row, type: "b_type", id: "b_id", name: "b_name"),
                    bName: reader.text(row, "b_name"),
                    severity: reader.word(row, "severity", as: Severity.self, otherwise: .none),
                    oncList: list.isEmpty ? nil : list, effect: reader.text(row, "effect"),
                    mechanism: reader.text(row, "mechanism"), management: reader.text(row, "management"),
                    evidence: reader.text(row, "evidence"), source: reader.filled(row, "sources"))
            }
        }
        table(
            .interactionPairs, ["a_rxcui", "a_name", "b_rxcui", "b_name", "ndfrt_severity", "sources", "ndfrt_nui"]
        ) { reader, _ in
            tables.publicPairs = reader.rows.map { row in
                let nui = reader.text(row, "ndfrt_nui")
                return PublicPairRow(
                    id: nui.isEmpty ? "PUBLIC-\(row + 1)" : "NDFRT-\(nui)", a: reader.integer(row, "a_rxcui"),
                    b: reader.integer(row, "b_rxcui"), aName: reader.text(row, "a_name"), bName: reader.text(row, "b_name"),
                    severity: Self.publicSeverity(&reader, row), source: reader.filled(row, "sources"))
            }
        }
    }

    /// NDF-RT knows two words: critical is at most major here, since nobody has reviewed it; significant is moderate.
    private static func publicSeverity(_ reader: inout TableReader, _ row: Int) -> Severity? {
        switch reader.text(row, "ndfrt_severity") {
        case "critical": return .major
        case "significant": return .moderate
        case "": return nil
        case let word:
            reader.report(
                row, "ndfrt_severity", "V806", "`\(word)` is not one of the words for ndfrt_severity",
                help: "write critical, significant, or nothing")
            return nil
        }
    }

    mutating func readAllergens(into tables: inout KnowledgeTables) {
        table(
            .crossReactivity,
            [
                "id", "group", "a_type", "a_id", "a_name", "b_type", "b_id", "b_name", "relation", "risk", "advice", "source",
            ]
        ) { reader, _ in
            tables.crossReactivities = reader.rows.map { row in
                CrossReactivityRow(
                    id: reader.filled(row, "id"), group: reader.text(row, "group"),
                    a: reader.subject(row, type: "a_type", id: "a_id", name: "a_name"), aName: reader.text(row, "a_name"),
                    b: reader.subject(row, type: "b_type", id: "b_id", name: "b_name"), bName: reader.text(row, "b_name"),
                    relation: reader.text(row, "relation"),
                    risk: reader.word(row, "risk", as: CrossReactivity.Risk.self, otherwise: .low),
                    advice: reader.text(row, "advice"), source: reader.filled(row, "source"))
            }
        }
        table(.allergenCodes, ["system", "code", "display", "target_type", "target_id", "target_name"]) { reader, _ in
            tables.allergenCodes = reader.rows.map { row in
                AllergenCodeRow(
                    system: reader.filled(row, "system"), code: reader.filled(row, "code"), display: reader.text(row, "display"),
                    target: reader.subject(row, type: "target_type", id: "target_id", name: "target_name"))
            }
        }
        table(.allergenTerms, ["term", "target_type", "target_id", "target_name"]) { reader, _ in
            tables.allergenTerms = reader.rows.map { row in
                AllergenTermRow(
                    term: reader.filled(row, "term").lowercased(),
                    target: reader.subject(row, type: "target_type", id: "target_id", name: "target_name"))
            }
        }
    }
}
