import Documents
import Intake

/// What is kept of a line: all of it, or, where nobody will ask for it, what tells its versions apart.
struct KeptLine {
    /// How much of a line there is.
    enum Extent: Equatable {
        /// All of it; who it is was not asked.
        case unasked
        /// All of it, of a resource with an id of this hash.
        case whole(identity: UInt64)
        /// Only what is left of a resource that does not matter.
        case remainder(identity: UInt64)
    }

    let extent: Extent
    /// The bytes that are kept in place of the line; nothing where it is kept whole.
    let remainder: [UInt8]?

    private init(_ extent: Extent, remainder: [UInt8]? = nil) {
        self.extent = extent
        self.remainder = remainder
    }

    init(_ resource: JSONNode, _ interest: ResourceInterest) {
        guard let id = resource["id"]?.stringBytes else {
            self.init(.unasked)
            return
        }
        // An id is one's own within its type only.
        let identity = resource["resourceType"]?.stringBytes.map { stableHash(id) ^ stableHash($0) } ?? stableHash(id)
        if interest.mayMatter(resource) {
            self.init(.whole(identity: identity))
        } else {
            self.init(.remainder(identity: identity), remainder: ResourceInterest.remainder(of: resource))
        }
    }

    /// The resource in a line of a kind that may be left out. Nothing for any other line, and for one that is no JSON: whoever reads
    /// it sets it aside.
    static func resource(in line: UnsafeRawBufferPointer) -> JSONNode? {
        guard openings.contains(where: { line.starts(with: $0) }) else { return nil }
        return (try? JSONDocument(parsing: Array(line), limits: JSONLimits(size: LineBlocks.lineLimit)))?.root
    }

    private static let openings: [StaticString] = [
        "{\"resourceType\":\"Observation\"", "{\"resourceType\":\"Encounter\"", "{\"resourceType\":\"DiagnosticReport\"",
    ]
}

extension KeptLine.Extent {
    /// As a spill file has it: the lowest bits tell which it is.
    var word: UInt64 {
        switch self {
        case .unasked: 0
        case .whole(let identity): identity & ~3 | 1
        case .remainder(let identity): identity & ~3 | 2
        }
    }

    init(word: UInt64) {
        switch word & 3 {
        case 1: self = .whole(identity: word & ~3)
        case 2: self = .remainder(identity: word & ~3)
        default: self = .unasked
        }
    }

    /// The hash of its id, where it was asked.
    var identity: UInt64? {
        switch self {
        case .unasked: nil
        case .whole(let identity), .remainder(let identity): identity
        }
    }

    var isRemainder: Bool { if case .remainder = self { true } else { false } }
}

extension SpillPart {
    private static let named = [BytePattern("\"Observation/"), BytePattern("\"DiagnosticReport/")]

    /// The records that the reader of the patient must see: without the remainders, unless one may be a version of another line, or
    /// what a medicine was given for.
    func needed(_ records: [SpillRecord]) -> [SpillRecord] {
        guard records.contains(where: \.extent.isRemainder) else { return records }
        var known: Set<UInt64> = []
        for record in records {
            if let identity = record.extent.identity {
                if !known.insert(identity).inserted { return records }
            } else if mayTouchRemainders(record) {
                return records
            }
        }
        return records.filter { !$0.extent.isRemainder }
    }

    /// True for a line that may be a version of a remainder, or name one.
    private func mayTouchRemainders(_ record: SpillRecord) -> Bool {
        let type = UnsafeRawBufferPointer(rebasing: file.bytes[record.type])
        if type.starts(with: "Medication") {
            let line = bytes(of: record)
            return Self.named.contains { $0.first(in: line, from: 0) != nil }
        }
        return type.starts(with: "Observation") || type.starts(with: "DiagnosticReport") || type.starts(with: "Encounter")
    }
}
