/// The number of a set of ingredients in a plan.
@frozen public struct DrugSetID: Sendable, Hashable {
    public let index: Int32
    init(index: Int32) { self.index = index }
}

/// The number of a set of codes in a plan.
@frozen public struct CodeSetID: Sendable, Hashable {
    public let index: Int32
    init(index: Int32) { self.index = index }
}

/// The number of a lab in a plan, with the set of its codes.
@frozen public struct LabID: Sendable, Hashable {
    public let index: Int32
    public let codes: CodeSetID
    init(index: Int32, codes: CodeSetID) {
        self.index = index
        self.codes = codes
    }
}

/// The number of a fact that is the same for every rule of a plan.
@frozen public struct SharedFactID: Sendable, Hashable {
    let index: Int32
    init(index: Int32) { self.index = index }
}

/// The number of a role among the roles of its rule.
@frozen public struct RoleID: Sendable, Hashable {
    public let index: Int
    public init(index: Int) { self.index = index }
}

/// The number of a fact among the facts of its rule.
@frozen public struct FactID: Sendable, Hashable {
    public let index: Int
    public init(index: Int) { self.index = index }
}
