public import Clinical
public import Knowledge

/// A test being ordered whose last result is so recent that another tells nothing new.
public struct RepeatedTestKind: RuleKind {
    public static let name = "repeated-test"
    public static let summary = "a test being ordered again before its result can have changed"
    public static let occasions: [Occasion] = [.orderSelect, .orderSign]
    public static let keys: [RuleKindKey] = []

    /// A test, the orders that bring it, and the ladder that looks at its last result.
    public struct Test: Sendable {
        let orders: CodeSetID
        let ladder: PlannedRule

        public init(orders: CodeSetID, ladder: PlannedRule) {
            self.orders = orders
            self.ladder = ladder
        }
    }

    let tests: [Test]

    public init(tests: [Test]) {
        self.tests = tests
    }

    public var anchor: Anchor { .everyone }

    public func matches(in record: PatientRecord) -> [Match] {
        let drafts = record.snapshot.serviceRequests.filter(\.isDraft)
        guard !drafts.isEmpty else { return [] }
        return tests.compactMap { test in
            let ordered = drafts.filter { record.concept($0.code, isIn: test.orders) }.map(\.reference)
            return ordered.isEmpty ? nil : Match(roles: [], rule: test.ladder, orders: ordered.sorted())
        }
    }
}
