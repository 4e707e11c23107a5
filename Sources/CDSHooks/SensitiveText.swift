/// Text that belongs to a patient or opens a door: whoever prints the value around it sees nothing of it.
public struct SensitiveText: Sendable, Hashable {
    /// The text itself, for the one who must have it.
    public let revealed: String

    public init(_ text: String) {
        revealed = text
    }
}

extension SensitiveText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "(withheld)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
