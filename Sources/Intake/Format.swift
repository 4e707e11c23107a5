public import Clinical

/// A format in which others record patients: how to know it, and how to read it.
///
/// One file conforms per format, and one line in `FormatCatalog` names it; nothing else needs to know.
public protocol Format: Sendable {
    /// The word for it on the command line and in messages.
    static var name: String { get }
    /// What it is, for the manual.
    static var title: String { get }
    /// True where the bytes look like it; cheap, and no promise that they can be read.
    static func recognizes(_ bytes: [UInt8]) -> Bool
    /// The record of one patient.
    ///
    /// - Parameter patientID: whose record is wanted where the bytes may hold several; `nil` for the one patient there is.
    static func read(_ bytes: [UInt8], asOf: AsOf, patientID: String?) throws(FormatError) -> (snapshot: Snapshot, notes: [IntakeNote])
}

/// The formats that can be read.
public enum FormatCatalog {
    public static let all: [any Format.Type] = [
        FHIRFormat.self
    ]

    /// The format that the bytes look like; the first that recognizes them.
    public static func format(of bytes: [UInt8]) -> (any Format.Type)? {
        all.first { $0.recognizes(bytes) }
    }

    /// The format of that name.
    public static func format(named name: String) -> (any Format.Type)? {
        all.first { $0.name == name }
    }
}

/// Why a document could not be read at all.
public struct FormatError: Error, Sendable, Hashable {
    /// The format that was tried.
    public let format: String
    /// Why it is not readable, in plain words.
    public let message: String
    /// The byte where it failed, if known.
    public let offset: Int?

    public init(format: String, message: String, offset: Int? = nil) {
        self.format = format
        self.message = message
        self.offset = offset
    }
}
