/// Where a file of rules stands: later layers change earlier ones, never the other way.
public enum Layer: String, Sendable, Hashable, Comparable, CaseIterable {
    /// What a vendor publishes; read-only.
    case pack
    /// What a hospital says of it, and adds.
    case site
    /// What one unit of the hospital says of both.
    case unit

    public static func < (one: Layer, other: Layer) -> Bool { one.rank < other.rank }

    private var rank: Int {
        switch self {
        case .pack: 0
        case .site: 1
        case .unit: 2
        }
    }
}
