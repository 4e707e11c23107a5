public import Clinical
public import Documents

/// Something that came and could not be used, or was used with a reservation.
///
/// Says which resource and which element, and why. Holds nothing of the patient: no name, no value, no free text of the record,
/// so that it may be logged and shown.
public struct IntakeNote: Sendable, Hashable {
    /// The resource it is about, where it has a type and an id.
    public let about: ResourceReference?
    /// The resource or element concerned, such as `MedicationRequest.dosageInstruction`.
    public let what: String
    /// What is wrong with it, and what was made of it.
    public let why: String
    /// Its place in the document that it came in.
    public let range: SourceRange?

    public init(about: ResourceReference?, what: String, why: String, range: SourceRange?) {
        self.about = about
        self.what = what
        self.why = why
        self.range = range
    }
}
