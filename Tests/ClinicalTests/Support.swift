import Clinical
import Testing

/// A generator with a fixed seed, so that a failing case comes back (SplitMix64, Steele et al. 2014).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Values for tests; a text that cannot be read fails the test that needs it.
func decimal(_ text: String) throws -> Decimal { try #require(Decimal(text), "\(text) is no decimal") }
func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text), "\(text) is no day") }
func partial(_ text: String) throws -> PartialDate { try #require(PartialDate(text), "\(text) is no date") }
func span(_ text: String) throws -> TimeSpan { try #require(TimeSpan(text), "\(text) is no span") }
func zone(_ text: String) throws -> ZoneOffset { try #require(ZoneOffset(text), "\(text) is no zone") }
func quantity(_ text: String) throws -> Quantity { try #require(Quantity(text), "\(text) is no quantity") }

/// A quantity in a UCUM unit, with a comparator in front where there is one.
func measured(_ text: String) throws -> Quantity {
    let comparator = ["<=", ">=", "<", ">"].first { text.hasPrefix($0) }
    var quantity = try quantity(String(text.dropFirst(comparator?.count ?? 0)))
    quantity.comparator = comparator.flatMap(Quantity.Comparator.init(rawValue:))
    return quantity
}

/// The window of the days from `first` to `last`.
func days(_ first: String, _ last: String) throws -> ClosedRange<CivilDate> { try day(first)...day(last) }

extension Truth {
    /// The kind of reason, where it is unknown.
    var kind: UnknownReason.Kind? { reason?.kind }
}
