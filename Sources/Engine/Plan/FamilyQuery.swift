/// Which diseases of which relatives count for a fact.
public struct FamilyQuery: Sendable, Hashable {
    public let diseases: CodeSetID
    /// Parents, full brothers and sisters, and children only.
    public let isOfFirstDegree: Bool
    /// The age in years before which it began; nothing where it may have begun at any age.
    public let onsetBefore: Int?

    public init(diseases: CodeSetID, isOfFirstDegree: Bool = false, onsetBefore: Int? = nil) {
        self.diseases = diseases
        self.isOfFirstDegree = isOfFirstDegree
        self.onsetBefore = onsetBefore
    }
}
