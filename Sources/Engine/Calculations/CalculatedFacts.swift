import Clinical
import Knowledge

extension PatientRecord {
    /// What a published equation gives for the patient; unknown, with the reason, where an input is.
    func result(of calculation: Calculation) -> FactResult {
        var inputs: [Double] = []
        var references: [ResourceReference] = []
        var date: PartialDate?
        for query in calculation.inputs {
            let input = result(of: query)
            guard case .quantity(let low, let high, _) = input.value else {
                let name = plan.labs[Int(query.lab.index)].title
                let why = input.unknownReason?.why ?? "not known"
                return .unknown(input.unknownReason?.kind ?? .notRecorded, "\(name): \(why)")
            }
            guard low == high, low.comparator == nil else {
                return .unknown(.comparator, "an input of the calculation is not an exact value")
            }
            inputs.append(low.value.doubleValue)
            references += input.references
            date = date ?? input.date
        }
        switch value(calculation.equation, inputs) {
        case .success(let value):
            let quantity = Quantity(value, calculation.unit)
            return FactResult(.quantity(low: quantity, high: quantity, analyte: nil), date: date, references: references)
        case .failure(let reason):
            return FactResult(.unknown(reason))
        }
    }

    private func value(_ equation: Calculation.Equation, _ inputs: [Double]) -> Result<Decimal, UnknownReason> {
        let value: Decimal?
        switch equation {
        case .ckdEPI2021, .cockcroftGault:
            guard case .sex(let sex) = sex().value else {
                return .failure(UnknownReason(.notRecorded, "the sex is not recorded"))
            }
            guard case .since(let birth, _) = age().value else {
                return .failure(age().unknownReason ?? UnknownReason(.notRecorded, "the birth date is not known"))
            }
            let oldest = CivilDate.completedYears(from: birth.lowerBound, to: today)
            guard oldest == CivilDate.completedYears(from: birth.upperBound, to: today) else {
                return .failure(UnknownReason(.imprecise, "the birth date is too imprecise"))
            }
            value =
                equation == .ckdEPI2021
                ? inputs.first.flatMap { CKDEPI2021.estimate(creatinine: $0, age: oldest, sex: sex) }
                : inputs.count > 1
                    ? CockcroftGault.clearance(age: oldest, weight: inputs[1], creatinine: inputs[0], sex: sex) : nil
        case .bmi:
            value = inputs.count > 1 ? BodySize.massIndex(weight: inputs[0], height: inputs[1]) : nil
        case .bsa:
            value = inputs.count > 1 ? BodySize.surface(weight: inputs[0], height: inputs[1]) : nil
        }
        return value.map { .success($0) }
            ?? .failure(UnknownReason(.notComputable, "the patient lies outside what the equation was made for"))
    }
}
