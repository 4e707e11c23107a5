public import Clinical

/// Something a suggestion can order: always a `ServiceRequest`.
public struct Orderable: Sendable, Hashable {
    public let name: String
    public let concept: CodeableConcept

    public init(name: String, concept: CodeableConcept) {
        self.name = name
        self.concept = concept
    }

    /// Orderables by name; a lab without a row of its own is ordered by its first code.
    static func collect(
        _ tables: KnowledgeTables, labs: LabIndex, problems: inout ProblemList
    ) -> [String: Orderable] {
        var all: [String: Orderable] = [:]
        for name in labs.names {
            guard let lab = labs.find(name), let code = lab.codes.first else { continue }
            let coding = Coding(system: code.system, code: code.code, display: lab.title)
            all[name] = Orderable(name: name, concept: CodeableConcept(codings: [coding], text: lab.title))
        }
        for (index, row) in tables.orderables.enumerated() {
            guard let system = SystemNames.system(row.system) else {
                problems.add(.orderables, index, "system", "no code system is called \(row.system)")
                continue
            }
            let coding = Coding(system: system, code: row.code, display: row.display)
            all[row.name] = Orderable(name: row.name, concept: CodeableConcept(codings: [coding], text: row.display))
        }
        return all
    }
}
