import Clinical
import Engine

/// The medicines that a patient takes now, each checked as if it were being ordered today.
///
/// Rules look at what is ordered and at what is taken. So one medicine at a time is made the order, and the others stay what
/// they are: all facts about what is taken hold, and two medicines that must not meet do meet. Entries of the same drug
/// (a prescription, its dispenses, its administrations) count as one medicine. What comes out is told of medicines on
/// record: nothing was ordered, and no card may say so.
///
/// - Complexity: an evaluation for each drug that is taken.
struct TakenMedicines {
    /// So many drugs are checked; what is beyond them is stated.
    private static let limit = 64

    let evaluation: Evaluation
    private let references: Set<ResourceReference>

    init(
        in snapshot: Snapshot, drug: (Medication) -> [Int]?, evaluate: (Snapshot) -> Evaluation
    ) {
        let groups = Self.groups(snapshot.medications.filter(\.isTaken), drug)
        let references = Set(groups.joined().map(\.reference))
        var asked = groups.prefix(Self.limit).map { group in
            evaluate(snapshot.ordering(group)).ofTaken(references)
        }
        if groups.isEmpty {
            var nothing = snapshot
            nothing.orders = []
            asked = [evaluate(nothing)]
        }
        self.references = references
        let shortfall = Self.shortfall(snapshot, groups: groups.count)
        evaluation = Evaluation(joining: asked + [Evaluation(findings: [], notChecked: shortfall, rulesConsidered: 0)])
    }

    /// True where the statement is about one of the medicines, or about their list.
    func isAboutMedicine(_ statement: NotChecked) -> Bool {
        statement.about.map(references.contains) ?? (statement.what == RecordSection.medications.words)
    }

    /// Entries by drug, in the order of the record; what nobody knows stands by itself.
    private static func groups(_ medications: [Medication], _ drug: (Medication) -> [Int]?) -> [[Medication]] {
        var groups: [[Medication]] = [], places: [[Int]: Int] = [:]
        for medication in medications {
            if let key = drug(medication), let place = places[key] {
                groups[place].append(medication)
            } else {
                if let key = drug(medication) { places[key] = groups.count }
                groups.append([medication])
            }
        }
        return groups
    }

    /// What of the list itself was not there to be checked.
    private static func shortfall(_ snapshot: Snapshot, groups: Int) -> [NotChecked] {
        let words = RecordSection.medications.words
        var statements: [NotChecked] = []
        switch snapshot.supply(of: .medications) {
        case .complete, .partial: break
        case .notSupplied: statements.append(NotChecked(what: words, why: "the EHR did not send them", isForPrescriber: true))
        case .failed(let why): statements.append(NotChecked(what: words, why: why, isForPrescriber: true))
        }
        if groups > limit {
            statements.append(NotChecked(
                what: "\(groups - limit) of the current medications", why: "there are too many to check at once", isForPrescriber: true))
        }
        return statements
    }
}

extension Medication {
    fileprivate var isTaken: Bool { use == .current || use == .onHold }

    /// Which of several entries of one drug speaks for it: what was prescribed rather than what was handed out.
    fileprivate var precedence: Int {
        switch source {
        case .request: 0
        case .statement: 1
        case .dispense: 2
        case .administration: 3
        }
    }
}

extension Snapshot {
    /// The record with these entries of one drug as its only order.
    fileprivate func ordering(_ group: [Medication]) -> Snapshot {
        var ordering = self
        let own = Set(group.map(\.reference))
        ordering.medications.removeAll { own.contains($0.reference) }
        ordering.orders = group.min { ($0.precedence, $0.reference) < ($1.precedence, $1.reference) }.map { [$0] } ?? []
        return ordering
    }
}
