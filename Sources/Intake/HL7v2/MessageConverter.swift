import Clinical
import Documents

/// Brings one message over into FHIR, segment by segment.
///
/// Segments are taken for what they are, wherever they stand; only what belongs to an order is held together with it. What cannot be
/// used is noted by its field and never fatal. Only a message that is about nobody, or about several, is refused.
///
/// - Source: the implementation guide "HL7 Version 2 to FHIR" 1.0.0 (hl7.org/fhir/uv/v2mappings), segment and table maps.
/// - Complexity: linear in the message.
struct MessageConverter {
    let message: HL7Message
    /// The offset of MSH-7, which holds for times without one.
    let senderZone: String?
    var patientID = "patient"
    private var record = ConvertedRecord()
    private var ids: Set<String> = []
    private var ordinals: [String: Int] = [:]
    private var noted: Set<IntakeNote> = []

    /// How many notes are kept; one more then says that there were others.
    private static let noteLimit = 500

    init(_ message: HL7Message) {
        self.message = message
        senderZone = message.first("MSH")?.text(7).flatMap(HL7Time.zone)
    }

    /// The record that the message holds.
    ///
    /// - Throws: `FormatError` where there is no patient, or more than one.
    mutating func converted() throws(FormatError) -> ConvertedRecord {
        noteUnreadable()
        try readPatient()
        for segment in message.segments { readAlone(segment) }
        for group in OrderGroup.groups(of: message.segments) { read(group) }
        noteUnread()
        return record
    }

    /// Segments that say what they say without any other.
    private mutating func readAlone(_ segment: HL7Segment) {
        switch segment.id {
        case "PV1": readVisit(segment)
        case "AL1": readAllergy(segment)
        case "IAM": readAllergyChange(segment)
        case "DG1": readDiagnosis(segment)
        case "PRB": readProblem(segment)
        case "PR1": readProcedure(segment)
        default: break
        }
    }

    // MARK: What comes of it

    /// Adds a resource; it makes its section known in part, unless more is stated of it.
    mutating func add(_ type: String, id: String, _ section: RecordSection?, _ members: [(String, JSONValue?)]) {
        record.resources.append(.compact([("resourceType", .string(type)), ("id", .string(id))] + members))
        if let section, record.supplied[section] == nil { record.supplied[section] = .partial(why: Self.partWords(section)) }
    }

    /// States how much of a section came.
    mutating func setSupply(_ section: RecordSection, _ supply: Supply) { record.supplied[section] = supply }

    /// How much of a section is known to have come so far.
    func supply(of section: RecordSection) -> Supply? { record.supplied[section] }

    /// A reference to the patient.
    var subject: JSONValue { .object([("reference", .string("Patient/\(patientID)"))]) }

    private static func partWords(_ section: RecordSection) -> String { "only the \(section.words) in this message are known" }

    /// An id for a resource: what the sender calls it, else its kind and number; never one that was given before.
    mutating func id(_ type: String, _ stated: String? = nil) -> String {
        if let stated = stated.map(Self.plain), !stated.isEmpty, ids.insert("\(type)/\(stated)").inserted { return stated }
        while true {
            let number = ordinals[type, default: 0] + 1
            ordinals[type] = number
            let id = "\(stated.map { "\(Self.plain($0).prefix(50))-" } ?? "")\(type.lowercased())-\(number)"
            if ids.insert("\(type)/\(id)").inserted { return id }
        }
    }

    /// - Source: FHIR R4, datatypes: id, up to 64 letters, digits, `-` and `.`.
    static func plain(_ id: String) -> String {
        let scalars = id.unicodeScalars.prefix(64).map { scalar -> Character in
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            return isPlain || scalar == "-" || scalar == "." ? Character(scalar) : "-"
        }
        return String(scalars)
    }

    // MARK: Notes

    /// Notes that a field, or a whole segment, could not be used as it is.
    mutating func note(_ segment: HL7Segment, _ field: Int?, _ why: String) {
        note(field.map { "\(segment.id)-\($0)" } ?? segment.id, why, at: field.map(segment.range) ?? segment.range)
    }

    private mutating func note(_ what: String, _ why: String, at range: SourceRange?) {
        let isLast = record.notes.count == Self.noteLimit
        guard record.notes.count <= Self.noteLimit else { return }
        let note = isLast
            ? IntakeNote(about: nil, what: "message", why: "there is more to note; the list is cut here", range: nil)
            : IntakeNote(about: nil, what: what, why: why, range: range)
        if noted.insert(note).inserted { record.notes.append(note) }
    }

    private mutating func noteUnreadable() {
        for segment in message.segments where !segment.isReadable {
            note(segment, nil, "bytes that are no characters of the set that MSH-18 names, nor of UTF-8; they are not known")
        }
        for stray in message.strays { note("line", "no segment; left out", at: stray) }
    }

    /// Each kind of segment that may matter and is not read, once.
    private mutating func noteUnread() {
        var seen = SegmentKinds.read.union(SegmentKinds.administrative)
        for segment in message.segments where seen.insert(segment.id).inserted {
            note(segment, nil, SegmentKinds.unread[segment.id] ?? "a segment that is not read; left out")
        }
    }
}

/// Which segments are read, and which are passed over without a word.
enum SegmentKinds {
    static let read: Set<String> = [
        "MSH", "PID", "PV1", "AL1", "IAM", "DG1", "PRB", "PR1", "ORC", "OBR", "OBX", "TQ1", "RXO", "RXE", "RXR", "RXC", "RXD", "RXA", "RXG",
    ]

    /// Who, where, with whose money, and what goes along with a message: nothing of it is the patient's condition.
    static let administrative: Set<String> = [
        "SFT", "UAC", "EVN", "PD1", "NK1", "PV2", "PRT", "ROL", "ARV", "DB1", "GT1", "IN1", "IN2", "IN3", "BLG", "CTD", "CTI", "MSA",
        "ERR", "QAK", "QPD", "QRD", "QRF", "RCP", "DSC", "MRG", "UB1", "UB2", "SPM", "SAC", "TQ2", "OVR", "ODS", "ODT", "IPC", "ACC", "ADD",
    ]

    /// What is lost with the others.
    static let unread: [String: String] = [
        "NTE": "free text; not read",
        "FT1": "charges; a drug or a procedure that stands only there was not seen",
        "CDO": "the limit of a cumulative dose is not read",
        "PDA": "a death and its causes; not read",
        "TXA": "the heading of a document; not read",
        "RF1": "a referral; not read",
        "GOL": "a goal; not read",
        "PTH": "a pathway; not read",
        "VAR": "a variance; not read",
        "RX1": "a form of order from before HL7 v2.2; its medicines were not seen",
    ]
}
