import Clinical

extension PatientRecord {
    /// Whether a relative by blood has or had a disease; an adoptive or married one is no evidence.
    ///
    /// A relative whose kinship, or whose age when it began, is not told may be one that a narrower query asks for: unknown then.
    func familyHistory(_ query: FamilyQuery) -> FactResult {
        let absent = absence(in: .familyHistory)
        var certainty = Truth.no
        var references: [ResourceReference] = []
        for number in familyBySet[query.diseases] {
            let entry = snapshot.familyHistory[number]
            let counts = query.counts(entry)
            certainty = certainty.or(counts)
            if counts != .no { references.append(entry.reference) }
        }
        return FactResult(.truth(certainty == .yes ? .yes : certainty.or(absent)), references: unique(references).sorted())
    }
}

extension FamilyQuery {
    fileprivate func counts(_ entry: FamilyMemberHistory) -> Truth {
        let isRelated: Truth
        switch entry.kinship {
        case .unrelated: return .no
        case .firstDegree: isRelated = .yes
        case .further: isRelated = Truth(!isOfFirstDegree)
        case .unknown: isRelated = isOfFirstDegree ? .unknown(UnknownReason(.notRecorded, "how near the relative is, is not recorded")) : .yes
        }
        guard let limit = onsetBefore else { return isRelated }
        guard let age = entry.onsetAge else {
            return isRelated.and(.unknown(UnknownReason(.notRecorded, "at what age it began in the relative is not recorded")))
        }
        if age.upperBound < limit { return isRelated }
        if age.lowerBound >= limit { return .no }
        return isRelated.and(.unknown(UnknownReason(.imprecise, "at what age it began in the relative is not recorded exactly enough")))
    }
}
