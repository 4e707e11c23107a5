import Documents

extension CaseRecord {
    func observation(
        _ id: String, _ code: JSONValue, _ category: String, _ effective: JSONValue, status: String = "final"
    ) -> JSONValue {
        .fhir([
            ("resourceType", "Observation"), ("id", .string("result-\(id)")), ("status", .string(status)),
            ("category", .array([.hl7("observation-category", category)])), ("code", code), ("subject", Self.subject),
            ("effectiveDateTime", effective),
        ])
    }

    /// Labs, blood pressure as one panel for each day, weight, and genes.
    mutating func addResults(_ facts: DeckEntries) throws(DeckError) {
        var pressures: [(daysAgo: Int, parts: [JSONValue])] = []
        for (number, node) in try facts.list("labs").enumerated() {
            let lab = try entries(node)
            try lab.allow("name", "loinc", "value", "unit", "days_ago", "status")
            let name = try lab.text("name")
            let daysAgo = try lab.integer("days_ago") ?? 0
            let value = JSONValue.quantity(try lab.text("value"), lab.optional("unit"))
            let code = coded(lab, name, "loinc")
            if ["8480-6", "8462-4"].contains(lab.optional("loinc") ?? "") {
                let part = JSONValue.object([("code", code), ("valueQuantity", value)])
                if let place = pressures.firstIndex(where: { $0.daysAgo == daysAgo }) { pressures[place].parts.append(part) } else { pressures.append((daysAgo, [part])) }
                continue
            }
            let category = lab.optional("unit") == "ms" ? "procedure" : "laboratory"
            let measured = observation(String(number + 1), code, category, morning(daysAgo), status: lab.optional("status") ?? "final")
            add("Observation", with(measured, "valueQuantity", value))
        }
        for (number, pressure) in pressures.enumerated() {
            let panel = JSONValue.concept("Blood pressure", [.coding(FHIRSystem.loinc, "85354-9", "Blood pressure panel")])
            let content = observation("pressure-\(number + 1)", panel, "vital-signs", morning(pressure.daysAgo))
            add("Observation", with(content, "component", .array(pressure.parts)))
        }
        if let weight = facts.optional("weight_kg") {
            let code = JSONValue.concept("Body weight", [.coding(FHIRSystem.loinc, "29463-7", "Body weight")])
            add("Observation", with(observation("weight", code, "vital-signs", morning(2)), "valueQuantity", .quantity(weight, "kg")))
        }
        for (number, node) in try facts.list("genomics").enumerated() {
            add("Observation", try genotype(try entries(node), number))
        }
    }

    /// A metabolizer phenotype, or the presence of an HLA allele.
    ///
    /// - Source: HL7 Genomics Reporting IG; the answers are those of LOINC's list for 53040-2.
    private func genotype(_ item: DeckEntries, _ number: Int) throws(DeckError) -> JSONValue {
        try item.allow("gene", "result")
        let gene = try item.text("gene")
        let result = try item.text("result")
        let phenotypes = ["poor metabolizer": "LA9657-3", "ultrarapid metabolizer": "LA10315-2", "normal metabolizer": "LA25391-6"]
        let findings = ["positive": "10828004", "negative": "260385009"]
        let code: JSONValue
        let found: JSONValue
        if let answer = phenotypes[result] {
            code = .concept("\(gene) metabolizer status", [.coding(FHIRSystem.loinc, "53040-2")])
            found = .concept(result, [.coding(FHIRSystem.loinc, answer)])
        } else {
            let words = result.split(separator: " ").map(String.init)
            guard words.count == 2, let test = names.text("allele_tests", gene + words[0]), let finding = findings[words[1]] else {
                throw item.error("`\(result)` is no result of \(gene) that is known here")
            }
            code = .concept("\(gene)\(words[0]) [Presence]", [.coding(FHIRSystem.loinc, test)])
            found = .concept(words[1], [.coding(FHIRSystem.snomed, finding)])
        }
        let studied = JSONValue.object([
            ("code", .concept("Gene studied", [.coding(FHIRSystem.loinc, "48018-6")])),
            ("valueCodeableConcept", .concept(gene, names.text("genes", gene).map { [.coding(FHIRSystem.hgnc, $0, gene)] } ?? [])),
        ])
        let content = with(observation("gene-\(number + 1)", code, "laboratory", morning(500)), "valueCodeableConcept", found)
        return with(content, "component", .array([studied]))
    }
}

extension JSONValue {
    /// A Quantity; one without a unit where the story has none, as it may on purpose.
    static func quantity(_ value: String, _ unit: String?) -> JSONValue {
        .fhir([
            ("value", .number(value)), ("unit", optional(unit)), ("system", unit == nil ? nil : .string(FHIRSystem.ucum)),
            ("code", optional(unit)),
        ])
    }
}
