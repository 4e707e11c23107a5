/// The answer to a question about a patient: yes, no, or not known and why.
///
/// - Source: the truth tables of FHIRPath N1 §6.5 and CQL 1.5, appendix B.
@frozen
public enum Truth: Sendable, Hashable {
    case yes
    case no
    case unknown(UnknownReason)

    /// Yes or no, where that is settled.
    @inlinable
    public init(_ bool: Bool) {
        self = bool ? .yes : .no
    }

    @inlinable
    public var isYes: Bool {
        if case .yes = self { true } else { false }
    }

    @inlinable
    public var isNo: Bool {
        if case .no = self { true } else { false }
    }

    @inlinable
    public var isUnknown: Bool {
        if case .unknown = self { true } else { false }
    }

    /// Why it is not known.
    @inlinable
    public var reason: UnknownReason? {
        if case .unknown(let reason) = self { reason } else { nil }
    }

    /// Yes for no, no for yes; what is not known stays so.
    @inlinable
    public var not: Truth {
        switch self {
        case .yes: .no
        case .no: .yes
        case .unknown: self
        }
    }

    /// No where either is no; yes where both are; else unknown, with the first reason.
    @inlinable
    public func and(_ other: Truth) -> Truth {
        switch (self, other) {
        case (.no, _), (_, .no): .no
        case (.unknown, _): self
        case (.yes, _): other
        }
    }

    /// Yes where either is yes; no where both are no; else unknown, with the first reason.
    @inlinable
    public func or(_ other: Truth) -> Truth {
        switch (self, other) {
        case (.yes, _), (_, .yes): .yes
        case (.unknown, _): self
        case (.no, _): other
        }
    }

    /// Yes where all are; yes for none at all.
    public static func all(_ truths: [Truth]) -> Truth {
        truths.reduce(.yes) { $0.and($1) }
    }

    /// Yes where at least one is; no for none at all.
    public static func any(_ truths: [Truth]) -> Truth {
        truths.reduce(.no) { $0.or($1) }
    }
}

extension Truth: CustomStringConvertible {
    /// `yes`, `no` or `unknown: ` with the reason.
    public var description: String {
        switch self {
        case .yes: "yes"
        case .no: "no"
        case .unknown(let reason): "unknown: \(reason.why)"
        }
    }
}
