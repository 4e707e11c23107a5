#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// All lines of one patient, in the order of the input.
struct PatientLines {
    let id: String
    let records: [SpillRecord]
}

/// One part of the spilled input, sorted into patients.
///
/// The file is mapped, and a place is kept for each line; the lines themselves are read once more, patient by patient.
struct SpillPart {
    let file: MappedFile
    /// The records of each patient, patients by id.
    private let patients: [[SpillRecord]]

    /// Nothing where no line fell into the part.
    init?(_ path: String) throws(SweepError) {
        guard let file = try MappedFile(path) else { return nil }
        self.file = file
        var patients = RecordsByOwner(file.bytes)
        var offset = 0
        while let record = SpillRecord(at: offset, in: file.bytes) {
            patients.add(record)
            offset = record.bytes.upperBound
        }
        guard offset == file.bytes.count else {
            throw SweepError("`\(path)` is damaged; run the sweep again with --restart")
        }
        self.patients = patients.sorted()
    }

    /// Calls `body` with each patient, by id.
    func forEachPatient(_ body: (PatientLines) throws(SweepError) -> Void) throws(SweepError) {
        for records in patients {
            try body(PatientLines(id: file.bytes.text(records[0].owner), records: records))
        }
    }

    func bytes(of record: SpillRecord) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: file.bytes[record.bytes])
    }

    func type(of record: SpillRecord) -> String { file.bytes.text(record.type) }

    func isBundle(_ record: SpillRecord) -> Bool {
        record.type.count == 6 && UnsafeRawBufferPointer(rebasing: file.bytes[record.type]).starts(with: "Bundle")
    }
}

/// The records of a spill file by their owners, while they are gone through.
private struct RecordsByOwner {
    private let bytes: UnsafeRawBufferPointer
    private var lists: [[SpillRecord]] = []
    /// Places in `lists` by the hash of the owner; owners of one hash are told apart by their bytes.
    private var places: [UInt64: [Int]] = [:]
    private var latest = -1

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    mutating func add(_ record: SpillRecord) {
        if latest < 0 || !isSame(record.owner, lists[latest][0].owner) { latest = place(of: record.owner) }
        lists[latest].append(record)
    }

    private mutating func place(of owner: Range<Int>) -> Int {
        let hash = stableHash(bytes[owner])
        let known = places[hash]?.first { !lists[$0].isEmpty && isSame(owner, lists[$0][0].owner) }
        if let known { return known }
        places[hash, default: []].append(lists.count)
        lists.append([])
        return lists.count - 1
    }

    private func isSame(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        one.count == other.count && order(one, other) == 0
    }

    /// Owners by id, and the records of each in the order of the input.
    func sorted() -> [[SpillRecord]] {
        lists.map { list in
            func isBefore(_ one: SpillRecord, _ other: SpillRecord) -> Bool { (one.input, one.line) < (other.input, other.line) }
            let isSorted = zip(list, list.dropFirst()).allSatisfy { !isBefore($1, $0) }
            return isSorted ? list : list.sorted(by: isBefore)
        }
        .sorted { one, other in
            let order = order(one[0].owner, other[0].owner)
            return order == 0 ? one[0].owner.count < other[0].owner.count : order < 0
        }
    }

    private func order(_ one: Range<Int>, _ other: Range<Int>) -> Int32 {
        guard let base = bytes.baseAddress else { return 0 }
        return memcmp(base + one.lowerBound, base + other.lowerBound, min(one.count, other.count))
    }
}
