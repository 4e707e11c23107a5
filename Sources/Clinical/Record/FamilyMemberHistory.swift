/// A disease that a relative of the patient has or had.
///
/// - Source: FHIR R4, familymemberhistory: one resource a relative, with a list of conditions; here each stands by itself.
public struct FamilyMemberHistory: Sendable, Hashable {
    /// How near a relative is, as far as the record says.
    public enum Kinship: Sendable, Hashable {
        /// A parent, a full brother or sister, or a child.
        case firstDegree
        /// Any other relative by blood.
        case further
        /// A relative by marriage, adoption or fostering: shares the house and not the genes.
        case unrelated
        /// The record does not say, or in a word that is not known.
        case unknown
    }

    public var reference: ResourceReference
    public var kinship: Kinship
    public var code: CodeableConcept
    /// How old the relative was when it began, in completed years, at the least and at the most.
    public var onsetAge: ClosedRange<Int>?

    public init(reference: ResourceReference, kinship: Kinship, code: CodeableConcept, onsetAge: ClosedRange<Int>? = nil) {
        self.reference = reference
        self.kinship = kinship
        self.code = code
        self.onsetAge = onsetAge
    }
}
