public import Clinical
public import Knowledge

/// One thing the prescriber may do with a click: a label and the changes it makes together.
public struct SuggestedChange: Sendable, Hashable {
    public let label: String
    public let actions: [Action]

    public init(label: String, actions: [Action]) {
        self.label = label
        self.actions = actions
    }

    /// A change to the orders or to the record.
    public enum Action: Sendable, Hashable {
        /// Remove a draft order.
        case removeDraft(ResourceReference, name: String)
        /// Stop a current medicine.
        case stopCurrent(ResourceReference, name: String)
        /// Write a new prescription.
        case prescribe(Prescription)
        /// Change the dose of a draft order.
        case change(ResourceReference, name: String, dose: Quantity?, instructions: String?)
        /// Order a test, an image or another service.
        case order(Orderable, dueIn: TimeSpan?)
        /// Give a vaccine.
        case immunize(name: String, coding: Coding)
    }

    /// A medicine to be prescribed, as an author wrote it.
    public struct Prescription: Sendable, Hashable {
        public let name: String
        public let rxcui: Int
        public let dose: Quantity?
        public let instructions: String?

        public init(name: String, rxcui: Int, dose: Quantity?, instructions: String?) {
            self.name = name
            self.rxcui = rxcui
            self.dose = dose
            self.instructions = instructions
        }
    }
}
