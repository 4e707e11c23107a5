import Clinical
import Knowledge

extension RuleContext {
    /// What a published equation gives for the patient; unknown, with the reason, where an input is.
    func result(of calculation: Calculation) -> FactResult {
        switch calculation.equation {
        case .opioidMME: return opioidLoad(calculation)
        case .anticholinergicBurden: return anticholinergicBurden()
        default: break
        }
        var inputs = Inputs()
        for (number, query) in calculation.inputs.enumerated() {
            var query = query
            // Results of one recording are of one day: the later ones are looked for on that of the first.
            if calculation.equation.isOfOneDay, number > 0 {
                guard let day = inputs.date else { return .unknown(.imprecise, "the date of the recording is not known") }
                query = LabQuery(lab: query.lab, entries: EntryQuery(pick: query.entries.pick))
                let input = record.result(of: query, in: record.scope(onDayOf: day))
                if let reason = inputs.add(input, of: query, in: record) { return FactResult(.unknown(reason)) }
                continue
            }
            if let reason = inputs.add(lab(query), of: query, in: record) { return FactResult(.unknown(reason)) }
        }
        switch value(calculation, &inputs) {
        case .success(let value):
            let result = FactResult(
                .quantity(low: Quantity(value.low, calculation.unit), high: Quantity(value.high, calculation.unit), analyte: nil),
                date: inputs.date, references: unique(inputs.references))
            if value.low != value.high { result.coarse = "the birth date" }
            return result
        case .failure(let reason):
            return FactResult(.unknown(reason))
        }
    }

    /// The results that an equation takes, as exact numbers in their labs' units.
    struct Inputs {
        var values: [Double] = []
        var references: [ResourceReference] = []
        var date: PartialDate?

        /// Nothing, or why it cannot be used.
        mutating func add(_ input: FactResult, of query: LabQuery, in record: PatientRecord) -> UnknownReason? {
            guard case .quantity(let low, let high, _) = input.value else {
                let name = record.plan.labs[Int(query.lab.index)].title
                let reason = input.unknownReason ?? UnknownReason(.notRecorded, "not known")
                return UnknownReason(reason.kind, "\(name): \(reason.why)")
            }
            guard low == high, low.comparator == nil else {
                return UnknownReason(.comparator, "an input of the calculation is not an exact value")
            }
            values.append(low.value.doubleValue)
            references += input.references
            date = date ?? input.date
            return nil
        }

        /// The input at a place; 0, which no equation takes, where there is none.
        subscript(place: Int) -> Double { values.indices.contains(place) ? values[place] : 0 }
    }

    /// One number, or the least and the most where the age is known within bounds only.
    private typealias Bounds = (low: Decimal, high: Decimal)

    private func value(_ calculation: Calculation, _ inputs: inout Inputs) -> Result<Bounds, UnknownReason> {
        let value: Decimal?
        switch calculation.equation {
        case .ckdEPI2021:
            switch sexAndAges() {
            case .failure(let reason): return .failure(reason)
            case .success(let (sex, ages)): return atBothAges(ages) { CKDEPI2021.estimate(creatinine: inputs[0], age: $0, sex: sex) }
            }
        case .cockcroftGault:
            guard let query = calculation.weight else { return .failure(UnknownReason(.notComputable, "no weight is chosen")) }
            switch (sexAndAges(), bodyWeight(query)) {
            case (.failure(let reason), _), (_, .failure(let reason)): return .failure(reason)
            case (.success(let (sex, ages)), .success(let weight)):
                inputs.references += weight.references
                return atBothAges(ages) {
                    CockcroftGault.clearance(age: $0, weight: weight.kilograms.doubleValue, creatinine: inputs[0], sex: sex)
                }
            }
        case .bmi: value = BodySize.massIndex(weight: inputs[0], height: inputs[1])
        case .bsa: value = BodySize.surface(weight: inputs[0], height: inputs[1])
        case .idealWeight, .adjustedWeight:
            guard let query = calculation.weight else { return .failure(UnknownReason(.notComputable, "no weight is chosen")) }
            switch bodyWeight(query) {
            case .failure(let reason): return .failure(reason)
            case .success(let weight): value = weight.kilograms
            }
        case .qtcBazett: value = CorrectedQT.bazett(interval: inputs[0], heartRate: inputs[1])
        case .qtcFridericia: value = CorrectedQT.fridericia(interval: inputs[0], heartRate: inputs[1])
        case .correctedCalcium: value = CorrectedCalcium.payne(calcium: inputs[0], albumin: inputs[1])
        case .correctedPhenytoin: value = CorrectedPhenytoin.sheinerTozer(phenytoin: inputs[0], albumin: inputs[1])
        case .opioidMME, .anticholinergicBurden: value = nil
        }
        return value.map { .success(($0, $0)) } ?? .failure(Self.outsideDomain)
    }

    private static let outsideDomain = UnknownReason(.notComputable, "the patient lies outside what the equation was made for")

    /// What an equation gives for the youngest and for the oldest that the patient may be: all between lies between, for a
    /// clearance falls with every year.
    private func atBothAges(_ ages: ClosedRange<Int>, _ equation: (Int) -> Decimal?) -> Result<Bounds, UnknownReason> {
        switch (equation(ages.lowerBound), equation(ages.upperBound)) {
        case (let one?, let other?): return .success((min(one, other), max(one, other)))
        case (nil, nil): return .failure(Self.outsideDomain)
        default: return .failure(UnknownReason(.imprecise, "the birth date is too imprecise to tell whether the equation holds"))
        }
    }

    private func sexAndAges() -> Result<(Patient.Sex, ClosedRange<Int>), UnknownReason> {
        guard case .sex(let sex) = record.sex().value else {
            return .failure(UnknownReason(.notRecorded, "the sex is not recorded"))
        }
        guard case .since(let birth, _) = record.age().value else {
            return .failure(record.age().unknownReason ?? UnknownReason(.notRecorded, "the birth date is not known"))
        }
        let youngest = record.completedYears(from: birth.upperBound)
        return .success((sex, youngest...max(youngest, record.completedYears(from: birth.lowerBound))))
    }
}

extension PatientRecord {
    /// The scope of what was recorded on the day of a moment.
    func scope(onDayOf moment: PartialDate) -> EntryScope {
        let days = moment.days(in: asOf.zone)
        let sure = days.lowerBound == days.upperBound ? days : nil
        return EntryScope(time: .near(sure: sure, possible: days))
    }
}
