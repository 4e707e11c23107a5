public import Clinical

/// A format in which others record patients: how to know it, and how to read it.
///
/// One file conforms per format, and one line in `FormatCatalog` names it; nothing else needs to know.
public protocol Format: Sendable {
    /// The word for it on the command line and in messages.
    static var name: String { get }
    /// What it is, for the manual.
    static var title: String { get }
    /// Under which media types it travels: in small letters, without parameters.
    static var mediaTypes: [String] { get }
    /// True where the bytes look like it; cheap, and no promise that they can be read.
    static func recognizes(_ bytes: [UInt8]) -> Bool
    /// The record of one patient.
    ///
    /// - Parameter patientID: whose record is wanted where the bytes may hold several; `nil` for the one patient there is.
    static func read(_ bytes: [UInt8], asOf: AsOf, patientID: String?) throws(FormatError) -> (snapshot: Snapshot, notes: [IntakeNote])
}

/// A format that is brought over into FHIR R4 by the mappings that HL7 publishes, and then read as FHIR is.
///
/// So every judgement of a status, a date, a code or a unit has one home: the FHIR reader.
public protocol ForeignFormat: Format {
    /// What the bytes say, as FHIR.
    ///
    /// Needs neither clock nor network; the same bytes give the same record. No bytes make it trap.
    ///
    /// - Parameter part: which of several is meant, where the bytes hold several: for HL7 v2, the control id (MSH-10) of the message.
    static func record(of bytes: [UInt8], part: String?) throws(FormatError) -> ConvertedRecord
}

extension ForeignFormat {
    public static func read(
        _ bytes: [UInt8], asOf: AsOf, patientID: String?
    ) throws(FormatError) -> (snapshot: Snapshot, notes: [IntakeNote]) {
        try record(of: bytes, part: nil).snapshot(asOf: asOf, patientID: patientID)
    }
}

/// The formats that can be read.
public enum FormatCatalog {
    public static let all: [any Format.Type] = [
        FHIRFormat.self,
        HL7v2Format.self,
        CCDAFormat.self,
    ]

    /// Those that are brought over into FHIR.
    public static let foreign: [any ForeignFormat.Type] = all.compactMap { $0 as? any ForeignFormat.Type }

    /// The format that the bytes look like; the first that recognizes them.
    public static func format(of bytes: [UInt8]) -> (any Format.Type)? {
        all.first { $0.recognizes(bytes) }
    }

    /// The format of that name.
    public static func format(named name: String) -> (any Format.Type)? {
        all.first { $0.name == name }
    }

    /// The foreign format that the bytes look like.
    public static func foreignFormat(of bytes: [UInt8]) -> (any ForeignFormat.Type)? {
        format(of: bytes) as? any ForeignFormat.Type
    }

    /// The foreign format that travels under a media type, given in small letters and without parameters.
    public static func foreignFormat(mediaType: some StringProtocol) -> (any ForeignFormat.Type)? {
        foreign.first { $0.mediaTypes.contains { $0 == mediaType } }
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
