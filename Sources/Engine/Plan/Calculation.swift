public import Clinical

/// A published equation over results of the patient, or a sum over the patient's drugs.
public struct Calculation: Sendable, Hashable {
    public enum Equation: String, Sendable, Hashable, CaseIterable {
        case ckdEPI2021 = "ckd-epi-2021"
        case cockcroftGault = "cockcroft-gault"
        case bmi
        case bsa
        case idealWeight = "ideal-weight"
        case adjustedWeight = "adjusted-weight"
        case qtcBazett = "qtc-bazett"
        case qtcFridericia = "qtc-fridericia"
        case correctedCalcium = "corrected-calcium"
        case correctedPhenytoin = "corrected-phenytoin"
        case opioidMME = "opioid-mme"
        case anticholinergicBurden = "anticholinergic-burden"

        /// The results it takes, by the names of their labs, in the order of the equation.
        public var labNames: [String] {
            switch self {
            case .ckdEPI2021: ["serum-creatinine"]
            case .cockcroftGault: ["serum-creatinine", "weight"]
            case .bmi, .bsa, .adjustedWeight: ["weight", "height"]
            case .idealWeight: ["height"]
            case .qtcBazett, .qtcFridericia: ["qt-interval", "heart-rate"]
            case .correctedCalcium: ["serum-calcium", "serum-albumin"]
            case .correctedPhenytoin: ["phenytoin", "serum-albumin"]
            case .opioidMME, .anticholinergicBurden: []
            }
        }

        /// The unit of its result; nothing for a plain number.
        public var unitText: String? {
            switch self {
            case .ckdEPI2021: "mL/min/1.73m2"
            case .cockcroftGault: "mL/min"
            case .bmi: "kg/m2"
            case .bsa: "m2"
            case .idealWeight, .adjustedWeight: "kg"
            case .qtcBazett, .qtcFridericia: "ms"
            case .correctedCalcium: "mg/dL"
            case .correctedPhenytoin: "ug/mL"
            case .opioidMME: "mg/day"
            case .anticholinergicBurden: nil
            }
        }

        /// True where the patient's sex and age enter.
        public var takesSexAndAge: Bool { self == .ckdEPI2021 || self == .cockcroftGault }

        /// True where all results must be of one recording, so of one day.
        public var isOfOneDay: Bool { self == .qtcBazett || self == .qtcFridericia }

        /// True where it adds up over the drugs that are ordered or taken.
        public var isOverDrugs: Bool { self == .opioidMME || self == .anticholinergicBurden }

        /// What it works out, in a line.
        public var summary: String {
            switch self {
            case .ckdEPI2021: "estimated glomerular filtration rate, CKD-EPI 2021 without race; adults"
            case .cockcroftGault: "creatinine clearance after Cockcroft and Gault; adults; `weight:` says which weight"
            case .bmi: "body mass index"
            case .bsa: "body surface area after Mosteller"
            case .idealWeight: "ideal body weight after Devine; from 152.4 cm"
            case .adjustedWeight: "ideal body weight and 0.4 of what lies above it"
            case .qtcBazett: "QT interval corrected for heart rate after Bazett"
            case .qtcFridericia: "QT interval corrected for heart rate after Fridericia"
            case .correctedCalcium: "total calcium corrected for albumin after Payne"
            case .correctedPhenytoin: "total phenytoin corrected for albumin after Sheiner and Tozer; not in kidney failure"
            case .opioidMME: "morphine milligram equivalents a day over all opioids, factors of the knowledge table (CDC 2022)"
            case .anticholinergicBurden: "sum of the anticholinergic scores of the knowledge table over all drugs"
            }
        }
    }

    public let equation: Equation
    /// One query for each of the equation's results, in their order.
    public let inputs: [LabQuery]
    /// The unit of its result, parsed once; nothing for a plain number.
    public let unit: Unit?
    /// Which weight counts, where the equation leaves it open.
    public let weight: WeightQuery?
    /// The drugs over which it adds up; one of them without a figure leaves the sum unknown.
    public let drugs: DrugSetID?

    public init(equation: Equation, inputs: [LabQuery], unit: Unit?, weight: WeightQuery? = nil, drugs: DrugSetID? = nil) {
        self.equation = equation
        self.inputs = inputs
        self.unit = unit
        self.weight = weight
        self.drugs = drugs
    }
}
