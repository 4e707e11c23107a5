import Clinical

extension MeasurePass {
    /// How far ahead it is worked out when something is due again; after that it counts as done for good.
    private static let furthestYear = 11

    func result(of planned: PlannedMeasure) -> MeasureResult {
        MeasureResult(measure: planned.id, rates: rates(of: planned.measure))
    }

    func rates(of measure: Measure) -> [RateResult] {
        measure.rates.map { rate in
            switch measure.basis {
            case .patients: patientResult(rate, measure)
            case .entries(let query): entryResult(rate, query, measure)
            }
        }
    }

    // MARK: Patients

    private func patientResult(_ rate: MeasureRate, _ measure: Measure) -> RateResult {
        let standing = standing(of: rate, in: Scope())
        let gap = alive(standing.gap(isLowerBetter: measure.isLowerBetter))
        let populations = standing.populations.map(membership)
        return RateResult(
            name: rate.name, initialPopulation: populations[0], denominator: populations[1], exclusions: populations[2],
            numerator: populations[3], exceptions: populations[4], gap: gap, due: due(gap, rate, measure),
            notChecked: standing.reasons)
    }

    private func membership(_ answer: Answer) -> Membership {
        guard answer.truth.isYes else { return .none }
        var seen: Set<ResourceReference> = []
        return Membership(count: 1, evidence: answer.evidence.filter { seen.insert($0).inserted })
    }

    /// The day by which it is due: see `RateResult.due`.
    private func due(_ gap: GapStanding, _ rate: MeasureRate, _ measure: Measure) -> CivilDate? {
        switch gap {
        case .open: return period.end
        case .closed:
            for years in 1...Self.furthestYear {
                let later = later(years: years)
                let isMet = later.answer(rate.numerator, in: Scope()).truth.isYes != measure.isLowerBetter
                if !isMet { return later.period.end }
            }
            return nil
        default: return nil
        }
    }

    // MARK: Entries

    /// Counts the entries in each population; a gap is open where one of them has one.
    private func entryResult(_ rate: MeasureRate, _ query: QueryID, _ measure: Measure) -> RateResult {
        let found = found(query, in: Scope())
        var tally = EntryTally()
        for number in found.certain {
            let standing = standing(of: rate, in: Scope(it: number, episode: number))
            tally.add(standing, record.events[Int(number)].reference, standing.gap(isLowerBetter: measure.isLowerBetter))
        }
        if let missing = found.missing ?? found.possible.first?.why { tally.reasons.append(missing) }
        let gap = alive(tally.gap(isUncertain: found.missing != nil || !found.possible.isEmpty))
        return RateResult(
            name: rate.name, initialPopulation: tally.membership(0), denominator: tally.membership(1), exclusions: tally.membership(2),
            numerator: tally.membership(3), exceptions: tally.membership(4), gap: gap, due: gap == .open ? period.end : nil,
            notChecked: tally.reasons)
    }

    /// A gap that can still be closed: for a patient who has died there is none, whatever the populations count.
    private func alive(_ gap: GapStanding) -> GapStanding {
        record.isDeceased && (gap == .open || gap == .notChecked) ? .excluded : gap
    }

    // MARK: One by one

    private func standing(of rate: MeasureRate, in scope: Scope) -> Standing {
        var standing = Standing()
        standing.initial = answer(rate.initialPopulation, in: scope)
        if standing.initial.truth.isNo { return standing }
        standing.denominator = rate.denominator.map { standing.initial.and(answer($0, in: scope)) } ?? standing.initial
        if standing.denominator.truth.isNo { return standing }
        if let exclusions = rate.exclusions { standing.exclusions = answer(exclusions, in: scope) }
        // Who is left out is asked no further.
        if standing.exclusions.truth.isYes { return standing }
        standing.numerator = answer(rate.numerator, in: scope)
        if let exceptions = rate.exceptions, !standing.numerator.truth.isYes {
            standing.exceptions = answer(exceptions, in: scope)
        }
        return standing
    }
}

/// How one patient or one entry stands in one rate.
private struct Standing {
    var initial = Answer(.no)
    var denominator = Answer(.no)
    var exclusions = Answer(.no)
    var numerator = Answer(.no)
    var exceptions = Answer(.no)

    private var answers: [Answer] { [initial, denominator, exclusions, numerator, exceptions] }

    /// What is counted: who is not known to be in the denominator is in none of the populations within it.
    var populations: [Answer] {
        denominator.truth.isYes ? answers : [initial, denominator, Answer(.no), Answer(.no), Answer(.no)]
    }

    var reasons: [UnknownReason] {
        var seen: Set<UnknownReason> = []
        return answers.compactMap(\.truth.reason).filter { seen.insert($0).inserted }
    }

    func gap(isLowerBetter: Bool) -> GapStanding {
        if denominator.truth.isNo { return .notConcerned }
        if exclusions.truth.isYes { return denominator.truth.isYes ? .excluded : .notChecked }
        let done = isLowerBetter ? numerator.truth.not : numerator.truth
        // Done is done, whatever else is not known.
        if done.isYes { return denominator.truth.isYes ? .closed : .notChecked }
        if exceptions.truth.isYes, denominator.truth.isYes, exclusions.truth.isNo { return .excepted }
        return reasons.isEmpty ? .open : .notChecked
    }
}

/// Entries counted population by population.
private struct EntryTally {
    var counts = [0, 0, 0, 0, 0]
    var evidence: [[ResourceReference]] = [[], [], [], [], []]
    var reasons: [UnknownReason] = []
    var gaps: [GapStanding] = []

    mutating func add(_ standing: Standing, _ entry: ResourceReference, _ gap: GapStanding) {
        for (place, answer) in standing.populations.enumerated() where answer.truth.isYes {
            counts[place] += 1
            evidence[place].append(entry)
        }
        for reason in standing.reasons where !reasons.contains(reason) { reasons.append(reason) }
        gaps.append(gap)
    }

    func membership(_ place: Int) -> Membership { Membership(count: counts[place], evidence: evidence[place]) }

    func gap(isUncertain: Bool) -> GapStanding {
        for standing in [GapStanding.open, .notChecked] where gaps.contains(standing) { return standing }
        if isUncertain { return .notChecked }
        for standing in [GapStanding.closed, .excepted, .excluded] where gaps.contains(standing) { return standing }
        return .notConcerned
    }
}
