import Clinical
import Testing

/// The truth tables of FHIRPath N1 §6.5.
struct TruthTests {
    private static let first = Truth.unknown(UnknownReason(.noValue, "first"))
    private static let second = Truth.unknown(UnknownReason(.noUnit, "second"))

    @Test func and_table() {
        let (first, second) = (Self.first, Self.second)
        #expect(Truth.yes.and(.yes) == .yes)
        #expect(Truth.yes.and(.no) == .no)
        #expect(Truth.no.and(.yes) == .no)
        #expect(Truth.no.and(.no) == .no)
        #expect(Truth.yes.and(first) == first)
        #expect(first.and(.yes) == first)
        #expect(Truth.no.and(first) == .no)
        #expect(first.and(.no) == .no)
        #expect(first.and(second) == first)
    }

    @Test func or_table() {
        let (first, second) = (Self.first, Self.second)
        #expect(Truth.yes.or(.no) == .yes)
        #expect(Truth.no.or(.yes) == .yes)
        #expect(Truth.no.or(.no) == .no)
        #expect(Truth.yes.or(first) == .yes)
        #expect(first.or(.yes) == .yes)
        #expect(Truth.no.or(first) == first)
        #expect(first.or(.no) == first)
        #expect(first.or(second) == first)
    }

    @Test func not_table() {
        #expect(Truth.yes.not == .no)
        #expect(Truth.no.not == .yes)
        #expect(Self.first.not == Self.first)
    }

    /// H4: a false conjunct decides, wherever it stands.
    @Test func H4_unknownAndFalse_isFalse() {
        #expect(Truth.all([Self.first, .yes, .no]) == .no)
        #expect(Truth.any([Self.first, .no, .yes]) == .yes)
        #expect(Truth.all([.yes, Self.second, Self.first]) == Self.second)
        #expect(Truth.any([.no, Self.second, Self.first]) == Self.second)
    }

    @Test func emptyLists_andWords() {
        #expect(Truth.all([]) == .yes)
        #expect(Truth.any([]) == .no)
        #expect(Truth(true).isYes && Truth(false).isNo && Self.first.isUnknown)
        #expect(Self.first.reason?.kind == .noValue)
        #expect("\(Truth.yes) \(Truth.no) \(Self.first)" == "yes no unknown: first")
    }
}
