import Clinical
import Documents

extension ElementReader {
    /// The diseases of one relative.
    ///
    /// A list that says `partial` counts as any list does: what is not on it is not on record. A relative of whom nothing is
    /// known (`health-unknown`) leaves the family's history incomplete.
    ///
    /// - Source: FHIR R4, familymemberhistory; value set history-status.
    mutating func familyMemberHistory(_ entry: ResourceEntry) -> [FamilyMemberHistory] {
        begin(entry)
        var word: StatusCode?
        var kinship = FamilyMemberHistory.Kinship.unknown
        var conditions: JSONNode?
        var envelope = Envelope()
        for (element, value) in entry.node.knownMembers {
            switch element {
            case .status: word = status(value, .status)
            case .relationship: kinship = Kinship.of(concept(value, .relationship))
            case .condition: conditions = value
            default: envelope.keep(element, value)
            }
        }
        guard admits(envelope) else { return [] }
        if word == .enteredInError {
            leaveOut("entered in error; left out")
            return []
        }
        if word == .healthUnknown, kinship != .unrelated { fallShort(.familyHistory, "of a relative nothing is known") }
        var found: [FamilyMemberHistory] = []
        for item in conditions?.repetitions ?? .none {
            guard item.kind == .object else {
                noteMismatch(.condition, at: item, expected: "an object")
                continue
            }
            if let condition = familyCondition(item, of: entry.reference, kinship) { found.append(condition) }
        }
        return found
    }

    private mutating func familyCondition(
        _ node: JSONNode, of reference: ResourceReference, _ kinship: FamilyMemberHistory.Kinship
    ) -> FamilyMemberHistory? {
        var condition = FamilyMemberHistory(reference: reference, kinship: kinship, code: CodeableConcept())
        for (element, value) in node.knownMembers {
            switch element {
            case .modifierExtension where !value.isEmpty:
                note(.condition, "an unknown modifier extension changes what it means; passed over", at: value)
                fallShort(.familyHistory, "an entry could not be used: an unknown modifier extension changes what it means")
                return nil
            case .code: condition.code = recurringConcept(value, .code)
            case .onsetAge: condition.onsetAge = span(value, .onsetAge).flatMap { years(from: $0.low, to: $0.low) }
            case .onsetRange: condition.onsetAge = onsetRange(value)
            case .onsetString: note(.onsetString, "words, not an age; that it began is all that is known", at: value)
            case .onsetPeriod: note(.onsetPeriod, "a date, not an age; that it began is all that is known", at: value)
            default: break
            }
        }
        return condition
    }

    private mutating func onsetRange(_ node: JSONNode) -> ClosedRange<Int>? {
        guard node.kind == .object else {
            noteMismatch(.onsetRange, at: node, expected: "a Range")
            return nil
        }
        let low = node["low"].flatMap { span($0, .onsetRange) }?.low ?? TimeSpan(amount: 0, unit: .years)
        guard let high = node["high"].flatMap({ span($0, .onsetRange) })?.low else { return nil }
        return years(from: low, to: high)
    }

    /// Completed years at the least and at the most: a year has 365 or 366 days, and 52 whole weeks or a day or two more.
    private func years(from low: TimeSpan, to high: TimeSpan) -> ClosedRange<Int>? {
        func years(_ span: TimeSpan, days: Int, weeks: Int) -> Int? {
            switch span.unit {
            case .years: span.amount
            case .months: span.amount / 12
            case .weeks: span.amount / weeks
            case .days: span.amount / days
            default: nil
            }
        }
        guard let least = years(low, days: 366, weeks: 53), let most = years(high, days: 365, weeks: 52), least <= most else { return nil }
        return least...most
    }

    /// How near a relative is, by the code of the relationship, else by its words.
    private enum Kinship {
        static func of(_ relationship: CodeableConcept) -> FamilyMemberHistory.Kinship {
            for coding in relationship.codings where systems.contains(coding.system?.uri ?? "") {
                if firstDegree.contains(coding.code) { return .firstDegree }
                if unrelated.contains(coding.code) { return .unrelated }
                if further.contains(coding.code) { return .further }
            }
            let said = [relationship.text] + relationship.codings.map(\.display)
            return said.lazy.compactMap { $0.flatMap { words[$0.lowercased()] } }.first ?? .unknown
        }

        private static let systems: Set<String> = [
            "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "http://hl7.org/fhir/v3/RoleCode", "urn:oid:2.16.840.1.113883.5.111",
        ]

        /// - Source: HL7 Terminology, code system v3-RoleCode, below FAMMEMB; a half-sibling is no full one.
        private static let firstDegree: Set<String> = [
            "PRN", "NPRN", "FTH", "NFTH", "MTH", "NMTH", "SIB", "NSIB", "BRO", "NBRO", "SIS", "NSIS", "TWIN", "TWINBRO", "TWINSIS",
            "FTWIN", "FTWINBRO", "FTWINSIS", "ITWIN", "ITWINBRO", "ITWINSIS", "CHILD", "NCHILD", "SON", "SONC", "DAU", "DAUC",
        ]

        private static let further: Set<String> = [
            "EXT", "AUNT", "MAUNT", "PAUNT", "UNCLE", "MUNCLE", "PUNCLE", "COUSN", "MCOUSN", "PCOUSN", "NIENEPH", "NIECE", "NEPHEW",
            "GRPRN", "GRFTH", "GRMTH", "MGRPRN", "MGRFTH", "MGRMTH", "PGRPRN", "PGRFTH", "PGRMTH", "GGRPRN", "GGRFTH", "GGRMTH",
            "MGGRPRN", "MGGRFTH", "MGGRMTH", "PGGRPRN", "PGGRFTH", "PGGRMTH", "GRNDCHILD", "GRNDDAU", "GRNDSON", "HSIB", "HBRO", "HSIS",
        ]

        private static let unrelated: Set<String> = [
            "CHLDADOPT", "DAUADOPT", "SONADOPT", "ADOPTP", "ADOPTF", "ADOPTM", "CHLDFOST", "DAUFOST", "SONFOST", "PRNFOST", "FTHFOST",
            "MTHFOST", "STPCHLD", "STPDAU", "STPSON", "STPPRN", "STPFTH", "STPMTH", "STPSIB", "STPBRO", "STPSIS", "CHLDINLAW", "DAUINLAW",
            "SONINLAW", "PRNINLAW", "FTHINLAW", "MTHINLAW", "SIBINLAW", "BROINLAW", "SISINLAW", "SPS", "HUSB", "WIFE", "DOMPART", "FMRSPS",
            "SIGOTHR", "ROOM", "NBOR", "FRND",
        ]

        /// The words for the nearest, where there is no code of that system; all others stay unknown.
        private static let words: [String: FamilyMemberHistory.Kinship] = {
            var words: [String: FamilyMemberHistory.Kinship] = [:]
            for word in ["parent", "father", "mother", "sibling", "brother", "sister", "child", "son", "daughter"] {
                words[word] = .firstDegree
                words["natural \(word)"] = .firstDegree
                words["adopted \(word)"] = .unrelated
                words["foster \(word)"] = .unrelated
                words["step\(word)"] = .unrelated
                words["\(word)-in-law"] = .unrelated
            }
            for word in ["spouse", "husband", "wife", "partner"] { words[word] = .unrelated }
            return words
        }()
    }
}
