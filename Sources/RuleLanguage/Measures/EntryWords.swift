import Clinical
import Engine

/// The words with which a phrase about entries begins, and what each means beside its kind.
struct EntryWords {
    let key: String
    let kind: RecordEvent.Kind
    /// Statuses that count unless the phrase names others.
    var statuses: [String] = []
    var verifications: [String] = []
    var isOrder = false
    /// True for what was said not to be done.
    var isNegated: Bool?

    static func isSource(_ key: String?) -> Bool {
        key == "of" || key == "any_of" || sources.contains { $0.key == key }
    }

    /// Keys that make a condition of a phrase.
    static let countKeys = ["at_least", "count_by", "total_days_supplied"]

    private static let doubtful = ["confirmed", "unconfirmed", "provisional", "differential"]
    private static let final = ["final", "amended", "corrected"]
    private static let ordered = ["active", "completed"]

    /// - Source: CQL library Status of the national measures: what counts as performed, ordered, active.
    static let sources: [EntryWords] = [
        EntryWords(key: "encounter", kind: .encounter, statuses: ["finished"]),
        EntryWords(key: "condition", kind: .condition, verifications: doubtful),
        EntryWords(key: "observation", kind: .observation, statuses: final, isNegated: false),
        EntryWords(key: "observation_not_done", kind: .observation, isNegated: true),
        EntryWords(key: "diagnostic_report", kind: .diagnosticReport, statuses: final + ["appended"]),
        EntryWords(key: "procedure", kind: .procedure, statuses: ["completed"]),
        EntryWords(key: "procedure_not_done", kind: .procedure, isNegated: true),
        EntryWords(key: "medication_order", kind: .medicationRequest, statuses: ordered, isOrder: true, isNegated: false),
        EntryWords(key: "medication_active", kind: .medicationRequest, statuses: ["active"], isOrder: true, isNegated: false),
        EntryWords(key: "medication_not_ordered", kind: .medicationRequest, statuses: ordered, isOrder: true, isNegated: true),
        EntryWords(key: "service_order", kind: .serviceRequest, statuses: ordered, isOrder: true, isNegated: false),
        EntryWords(key: "service_not_ordered", kind: .serviceRequest, statuses: ordered, isOrder: true, isNegated: true),
        EntryWords(key: "device_order", kind: .deviceRequest, statuses: ordered, isOrder: true, isNegated: false),
        EntryWords(key: "immunization", kind: .immunization, statuses: ["completed"]),
        EntryWords(key: "allergy", kind: .allergyIntolerance, verifications: ["confirmed", "unconfirmed"]),
    ]

    /// Intents that make a request an order.
    static let orderIntents = ["order", "original-order", "reflex-order", "filler-order", "instance-order"]

    /// What is asked of each entry before the phrase's own words.
    ///
    /// - Parameters:
    ///   - stated: statuses that the phrase names in place of the usual ones; none where any will do.
    ///   - statedVerifications: likewise for the verification of a condition.
    func defaults(statuses stated: [String]?, verifications statedVerifications: [String]?) -> [EventTest] {
        var tests: [EventTest] = []
        let words = stated ?? statuses
        if !words.isEmpty { tests.append(.status(words)) }
        if isOrder { tests.append(.intent(Self.orderIntents)) }
        if let isNegated { tests.append(.negated(isNegated)) }
        let standing = statedVerifications ?? verifications
        if !standing.isEmpty { tests.append(.verification(standing)) }
        return tests
    }
}
