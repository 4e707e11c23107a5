import GRDB
import Knowledge

extension KnowledgeWriter {
    mutating func writeDrugs(_ tables: KnowledgeTables) throws {
        try rows("ingredient", tables.ingredients) { row, writer in
            [
                row.rxcui, row.name, row.termType.rawValue, row.base, Self.joined(row.components), row.unii,
                try writer.source(TableSource.rxNorm),
            ]
        }
        try rows("ingredient_set", tables.ingredientSets) { row, _ in [Self.joined(row)] }
        try rows("dose_form", tables.doseForms) { row, _ in [row] }
        try rows("product", tables.products) { row, writer in
            [
                row.rxcui, row.termType.rawValue, row.name, row.ingredientSet, row.strength, row.doseForm, row.brand,
                try writer.source(TableSource.rxNorm),
            ]
        }
        try rows("brand", tables.brands) { row, writer in
            [row.name, row.rxcui, row.ingredientSet, try writer.source(TableSource.rxNorm)]
        }
        try rows("ndc", tables.drugCodes) { row, writer in
            [row.code, row.ingredientSet, row.doseForm, row.isComplete, try writer.source(TableSource.ndc)]
        }
        try rows("atc", tables.atc) { row, writer in [row.rxcui, row.code, try writer.source(TableSource.atc)] }
    }

    mutating func writeClasses(_ tables: KnowledgeTables) throws {
        try rows("class", tables.classes) { row, writer in
            [row.id, row.name, row.duplicateTherapy, try writer.source(row.source)]
        }
        let ids = Dictionary(tables.classes.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        try rows("class_member", tables.classMembers) { row, writer in
            [ids[row.classID], row.rxcui, try writer.source(row.source)]
        }
        try rows("class_parent", tables.classParents) { row, writer in
            [row.classID, row.parentID, try writer.source(TableSource.rxClass)]
        }
    }

    mutating func writeInteractions(_ tables: KnowledgeTables, pairs: [PairRow]) throws {
        try rows("interaction", tables.interactionRules) { row, writer in
            [
                row.id, row.a.columns.kind, row.a.columns.reference, row.aName, row.b.columns.kind, row.b.columns.reference,
                row.bName, row.severity.rawValue, row.oncList, row.effect, row.mechanism, row.management, row.evidence,
                try writer.source(row.source),
            ]
        }
        try rows("public_pair", tables.publicPairs) { row, writer in
            [row.id, row.a, row.b, row.aName, row.bName, row.severity?.rawValue, try writer.source(row.source)]
        }
        let statement = try database.makeStatement(sql: "INSERT INTO pair VALUES (?, ?, ?)")
        for pair in pairs { try statement.execute(arguments: [pair.a, pair.b, pair.entry]) }
    }

    mutating func writeAllergies(_ tables: KnowledgeTables) throws {
        try rows("cross_reactivity", tables.crossReactivities) { row, writer in
            [
                row.id, row.group, row.a.columns.kind, row.a.columns.reference, row.aName, row.b.columns.kind,
                row.b.columns.reference, row.bName, row.relation, row.risk.rawValue, row.advice, try writer.source(row.source),
            ]
        }
        try rows("allergen_code", tables.allergenCodes) { row, writer in
            [
                row.system, row.code, row.display, row.target.columns.kind, row.target.columns.reference,
                try writer.source(TableSource.allergens),
            ]
        }
        try rows("allergen_term", tables.allergenTerms) { row, writer in
            [row.term, row.target.columns.kind, row.target.columns.reference, try writer.source(TableSource.allergens)]
        }
    }

    mutating func writeCodes(_ tables: KnowledgeTables) throws {
        var sets: [String: Int] = [:]
        for row in tables.valueSetCodes where sets[row.set] == nil {
            let id = sets.count
            sets[row.set] = id
            try database.execute(sql: "INSERT INTO valueset VALUES (?, ?, ?)", arguments: [id, row.set, row.title])
        }
        try rows("valueset_code", tables.valueSetCodes) { row, writer in
            [
                sets[row.set], try writer.system(row.system), row.code, row.display, row.isPrefix,
                try writer.source(TableSource.valueSets),
            ]
        }
        try rows("vaccine", tables.vaccines) { row, writer in
            [row.code, row.name, row.groups.joined(separator: "|"), try writer.source(TableSource.cvx)]
        }
        try rows("drug_fact", tables.facts) { row, writer in
            [
                row.kind.rawValue, row.subject.columns.kind, row.subject.columns.reference, row.level, row.statement, row.row,
                FactCells.text(row.cells), try writer.source(row.source),
            ]
        }
    }

    mutating func writePatientWarnings(_ tables: KnowledgeTables) throws {
        try rows("drug_patient", tables.patientWarnings) { row, writer in
            [
                row.id, row.topic, row.drugs.joined(separator: "|"), row.routes.joined(separator: "|"), row.condition, row.when,
                row.severity.rawValue, row.effect, row.management, try writer.source(row.source),
            ]
        }
    }

    mutating func writeNames(_ tables: KnowledgeTables) throws {
        try rows("name", tables.names) { row, writer in
            [row.kind, row.name, row.targets.joined(separator: "|"), row.title, try writer.source(row.source)]
        }
        try rows("lab", tables.labs) { row, writer in
            [
                row.name, row.title, row.codes.joined(separator: "|"), row.unit, row.molarMass, row.valence,
                row.lines.joined(separator: "|"), row.plausibleLow, row.plausibleHigh, try writer.source(row.source),
            ]
        }
        try rows("reaction", tables.reactions) { row, writer in
            [row.name, row.system, row.code, row.display, try writer.source(row.source)]
        }
        try rows("route", tables.routes) { row, writer in
            [row.kind, row.key, row.group.rawValue, try writer.source(TableSource.own)]
        }
        try rows("relation_member", tables.relationMembers) { row, writer in
            [row.relation, row.title, row.group, row.rxcui, try writer.source(row.source)]
        }
    }

    mutating func writeOrders(_ tables: KnowledgeTables) throws {
        try rows("override_reason", tables.overrideReasons) { row, writer in
            [row.name, row.code, row.system, row.display, try writer.source(TableSource.own)]
        }
        try rows("orderable", tables.orderables) { row, writer in
            [row.name, row.system, row.code, row.display, try writer.source(TableSource.own)]
        }
    }

    private static func joined(_ codes: [Int]) -> String {
        codes.map(String.init).joined(separator: "|")
    }
}
