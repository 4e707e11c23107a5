import Clinical
import Knowledge

extension RuleContext {
    /// Whether tests that a drug asks for are due, and which.
    ///
    /// What was never measured is due before the first dose where it is a baseline test and nothing of what the drug asks for
    /// is on record. A record that holds some of it shows that the drug is being watched, perhaps elsewhere: whether the rest
    /// is due is not known then, and is said. What was measured too long ago is due again. What is already among the orders
    /// is not due.
    func testsDue(_ needs: [TestNeed], of role: RoleID) -> FactResult {
        if let reason = record.absence(in: .observations).reason {
            return FactResult(.unknown(reason))
        }
        let states = needs.map { ($0, record.state(of: $0)) }
        let isUntested = states.allSatisfy { $0.1 == .never }
        let isTaken = drugs(in: role).contains(where: \.isTaken)
        let since = record.firstDay(of: drugs(in: role))
        let due = states.filter { need, state in
            guard record.orderingTest(need.orders).value.isNotYes else { return false }
            switch state {
            case .fresh: return false
            case .stale: return isTaken || need.isBaseline
            case .never:
                guard isUntested else { return false }
                if need.isBaseline { return true }
                guard isTaken, let since else { return false }
                record.horizon.turns(on: since.adding(need.firstDue))
                return since.adding(need.firstDue) <= record.asOf.today
            }
        }
        guard !due.isEmpty else {
            let unseen = states.filter { need, state in
                state == .never && !isUntested && (isTaken || need.isBaseline) && record.orderingTest(need.orders).value.isNotYes
            }
            guard let first = unseen.first else {
                let isOpen = isUntested && isTaken && since == nil && needs.contains { record.orderingTest($0.orders).value.isNotYes }
                return isOpen ? .unknown(.notRecorded, "it is not recorded since when it is taken") : .truth(.no)
            }
            return .unknown(.notRecorded, "no \(first.0.title) on record, though other results are")
        }
        return FactResult(.truth(.yes), names: unique(due.map(\.0.title)))
    }
}

extension PatientRecord {
    fileprivate enum TestState {
        case fresh, stale, never
    }

    /// When the newest result of any lab that will do was obtained.
    fileprivate func state(of need: TestNeed) -> TestState {
        var state = TestState.never
        for lab in need.labs {
            for number in observationsBySet[lab.codes] {
                let observation = snapshot.observations[number]
                guard observation.isEvidence, observation.value != nil, let date = observation.effective?.start ?? observation.effective?.end
                else { continue }
                if lies(date, within: need.interval) == .yes { return .fresh }
                state = .stale
            }
        }
        return state
    }

    /// The earliest day from which what is taken of a drug is known to be taken.
    fileprivate func firstDay(of drugs: [DrugPresence]) -> CivilDate? {
        drugs.flatMap(\.taken).compactMap { ($0.medication.started ?? $0.medication.authored)?.days(in: asOf.zone).upperBound }.min()
    }

    /// Whether a test of the set is among the draft orders, or ordered and not yet done.
    func orderingTest(_ set: CodeSetID) -> FactResult {
        let requests = snapshot.serviceRequests.filter { ($0.isDraft || $0.isActive) && concept($0.code, isIn: set) }
        return FactResult(.truth(Truth(!requests.isEmpty)), references: requests.map(\.reference).sorted())
    }
}

extension FactResult.Value {
    fileprivate var isNotYes: Bool {
        if case .truth(.yes) = self { false } else { true }
    }
}
