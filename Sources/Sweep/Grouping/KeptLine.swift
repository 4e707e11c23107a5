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

    init(_ resource: JSONView, _ interest: ResourceInterest) {
        let outline = ResourceOutline(resource)
        guard let name = outline.id?.withText({ fastHash(UnsafeRawBufferPointer($0)) }) else {
            self.init(.unasked)
            return
        }
        // An id is one's own within its type only.
        let identity = name &+ UInt64(truncatingIfNeeded: outline.type?.rawBytes.count ?? 0)
        let extent = interest.extent(of: outline)
        if extent == .whole {
            self.init(.whole(identity: identity))
        } else {
            self.init(.remainder(identity: identity), remainder: outline.remainder(extent))
        }
    }

    /// Whether a line is of a kind that may be left out.
    static func mayBeLeftOut(_ line: UnsafeRawBufferPointer) -> Bool {
        openings.contains { line.starts(with: $0) }
    }

    private static let openings: [StaticString] = [
        "{\"resourceType\":\"Observation\"", "{\"resourceType\":\"Encounter\"", "{\"resourceType\":\"DiagnosticReport\"",
        "{\"resourceType\":\"Procedure\"",
    ]
}

/// Tells of one line after the other whose it is, and what is kept of it.
struct LineSorting: ~Copyable {
    /// What matters of kinds that may be left out; without it all lines are kept.
    private let interest: ResourceInterest?
    private var names = LineNames()
    private var glance = JSONGlance()

    init(_ interest: ResourceInterest?) {
        self.interest = interest
    }

    /// - Returns: no kept line for one that is kept as it is, be it JSON or not: whoever reads it sets it aside.
    mutating func place(of line: UnsafeRawBufferPointer) -> (owner: LineOwner, kept: KeptLine?) {
        // A line that may be left out is parsed at once; whose it is need not be searched for then.
        if let interest, KeptLine.mayBeLeftOut(line),
            let place = try? glance.look(at: line, limits: JSONLimits(size: LineBlocks.lineLimit), { resource in
                (LineOwner(resource, &names), KeptLine(resource, interest))
            })
        {
            return place
        }
        return (LineOwner(of: line, &names, &glance), nil)
    }
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
    private static let named = [BytePattern("\"Observation/"), BytePattern("\"DiagnosticReport/"), BytePattern("\"Procedure/")]

    /// The records that the reader of the patient must see: without the remainders, unless one may be a version of another line, or
    /// what a medicine was given for.
    func needed(_ records: [SpillRecord]) -> [SpillRecord] {
        guard records.contains(where: \.extent.isRemainder) else { return records }
        var known = IdentitySet(atMost: records.count)
        for record in records {
            if let identity = record.extent.identity {
                if !known.insert(identity) { return records }
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
            || type.starts(with: "Procedure")
    }
}

/// Hashes that have been met, in a table of their own: they are scattered already, and many.
private struct IdentitySet {
    /// 0 is an empty place. Half full at most.
    private var places: [UInt64]

    init(atMost count: Int) {
        var size = 16
        while size < count * 2 { size *= 2 }
        places = Array(repeating: 0, count: size)
    }

    /// False where it was there before.
    mutating func insert(_ identity: UInt64) -> Bool {
        let identity = max(identity, 1)
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: identity >> 20) & mask
        while places[place] != 0 {
            if places[place] == identity { return false }
            place = (place + 1) & mask
        }
        places[place] = identity
        return true
    }
}
