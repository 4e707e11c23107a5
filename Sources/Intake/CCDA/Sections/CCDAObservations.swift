import Clinical
import Documents

extension CCDAConverter {
    /// Results and vital signs: an organizer with observations, or one of these alone.
    ///
    /// - Source: C-CDA R2.1, 2.16.840.1.113883.10.20.22.4.1, 4.2, 4.26, 4.27; C-CDA on FHIR 2.0.0, results and vital signs.
    mutating func results(_ statement: XMLNode, _ category: String) -> Bool {
        if statement.isCDA("observation") {
            observation(statement, category)
            return true
        }
        guard statement.isCDA("organizer") else { return false }
        var references: [JSONValue] = []
        for component in statement.children(named: "component") {
            for inner in component.statements {
                // How the specimen was taken is no result.
                guard inner.isCDA("observation") else { continue }
                if let reference = observation(inner, category, within: statement) { references.append(reference) }
            }
        }
        if category == "laboratory" { report(statement, references) }
        return true
    }

    private mutating func report(_ organizer: XMLNode, _ results: [JSONValue]) {
        guard let code = concept(organizer.child("code"), "organizer.code") else { return }
        let time = interval(organizer.child("effectiveTime"), "organizer.effectiveTime")
        add("DiagnosticReport", [
            ("status", .string(Self.reportStatus(organizer.statusWord))), ("code", code), ("subject", Self.patient),
            ("effectiveDateTime", time.start.map { .string($0) }), ("result", array(results)),
        ])
    }

    /// - Source: C-CDA on FHIR 2.0.0, concept map CF-ResultReportStatus.
    private static func reportStatus(_ word: String?) -> String {
        switch word {
        case "completed": "final"
        case "aborted", "cancelled": "cancelled"
        case "nullified": "entered-in-error"
        case "active", "held", "suspended": "registered"
        default: "unknown"
        }
    }

    // MARK: One observation

    /// Adds an observation; nil where it is none of an event.
    ///
    /// - Parameters:
    ///   - organizer: what it stands in, whose time counts where it has none of its own.
    ///   - code: what it is of, where its own code does not say.
    @discardableResult
    mutating func observation(
        _ node: XMLNode, _ category: String, within organizer: XMLNode? = nil, code stated: JSONValue? = nil, components: [JSONValue] = []
    ) -> JSONValue? {
        guard node.mood == "EVN" else {
            leaveOut(node, "planned or asked for, and no result; left out")
            return nil
        }
        guard !node.isNegated else {
            leaveOut(node, "a negated observation; left out")
            return nil
        }
        guard let code = stated ?? concept(node.child("code"), "observation.code", orWordsOf: node.child("text")) else {
            leaveOut(node, "it does not say what was observed; left out")
            return nil
        }
        var time = interval(node.child("effectiveTime"), "observation.effectiveTime")
        if time.start == nil, time.high == nil { time = interval(organizer?.child("effectiveTime"), "organizer.effectiveTime") }
        let isSpan = time.point == nil && time.high != nil && time.high != time.low
        return add("Observation", [
            ("status", .string(status(of: node))), ("category", [Self.code(category, in: "observation-category")]), ("code", code),
            ("subject", Self.patient), ("effectiveDateTime", isSpan ? nil : time.start.map { .string($0) }),
            ("effectivePeriod", isSpan ? time.period : nil),
        ] + values(node) + [
            ("interpretation", array(node.children(named: "interpretationCode").compactMap { concept($0, "interpretationCode") })),
            ("bodySite", node.child("targetSiteCode").flatMap { concept($0, "targetSiteCode") }), ("component", array(components)),
        ])
    }

    /// - Source: C-CDA on FHIR 2.0.0, concept map CF-ResultStatus.
    private mutating func status(of node: XMLNode) -> String {
        switch node.statusWord {
        case "completed": return "final"
        case "aborted", "cancelled": return "cancelled"
        case "nullified": return "entered-in-error"
        case "active", "held", "suspended", "new": return "registered"
        default:
            note("observation.statusCode", "no status that is listed; not known", at: node)
            return "unknown"
        }
    }

    // MARK: Values

    private static let codedTypes: Set<String> = ["CD", "CE", "CV", "CO", "CS"]

    /// What was found, in the form that its type asks for.
    ///
    /// - Source: C-CDA on FHIR 2.0.0, results: value by xsi:type.
    private mutating func values(_ node: XMLNode) -> [(String, JSONValue?)] {
        let values = node.children(named: "value")
        guard let value = values.first else { return [] }
        if values.count > 1 { note("observation.value", "several values; the first is used", at: values[1]) }
        let found = self.value(value)
        if found.value != nil { return [found] }
        if let flavor = value.nullFlavor { return [("dataAbsentReason", Self.absence(flavor))] }
        note("observation.value", "it cannot be read; not known", at: value)
        return [("dataAbsentReason", Self.absence("UNK"))]
    }

    private mutating func value(_ node: XMLNode) -> (key: String, value: JSONValue?) {
        switch node.typeName {
        case "PQ", "REAL", "MO": return ("valueQuantity", quantity(node, "observation.value"))
        case "IVL_PQ", "IVL_REAL", "IVL_INT":
            let (quantity, range) = bounds(node, "observation.value")
            return range.map { ("valueRange", $0) } ?? ("valueQuantity", quantity)
        case "INT": return ("valueInteger", number(node, "observation.value").flatMap { $0.contains(".") ? nil : .number($0) })
        case "BL": return ("valueBoolean", node.attribute("value").flatMap { $0 == "true" ? true : $0 == "false" ? false : nil })
        case "RTO", "RTO_PQ_PQ", "RTO_INT_INT":
            let parts = (quantity(node.child("numerator"), "observation.value"), quantity(node.child("denominator"), "observation.value"))
            guard case (let numerator?, let denominator?) = parts else { return ("valueRatio", nil) }
            return ("valueRatio", ["numerator": numerator, "denominator": denominator])
        case "TS": return ("valueDateTime", dateTime(node, "observation.value").map { .string($0) })
        case "IVL_TS": return ("valuePeriod", interval(node, "observation.value").period)
        case "ST", "ED", "SC": return ("valueString", words(of: node, "observation.value").map { .string($0) })
        case let type where type.map(Self.codedTypes.contains) ?? false || node.attribute("code") != nil:
            return ("valueCodeableConcept", concept(node, "observation.value"))
        default: return ("valueString", CDANarrative.words(of: node).map { .string($0) })
        }
    }
}
