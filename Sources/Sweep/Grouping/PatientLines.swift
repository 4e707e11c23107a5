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
    private let records: [SpillRecord]

    /// Nothing where no line fell into the part.
    init?(_ path: String) throws(SweepError) {
        guard let file = try MappedFile(path) else { return nil }
        self.file = file
        var records: [SpillRecord] = []
        var offset = 0
        while let record = SpillRecord(at: offset, in: file.bytes) {
            records.append(record)
            offset = record.bytes.upperBound
        }
        guard offset == file.bytes.count else {
            throw SweepError("`\(path)` is damaged; run the sweep again with --restart")
        }
        let bytes = file.bytes
        records.sort { left, right in
            let mine = bytes[left.owner]
            let theirs = bytes[right.owner]
            if mine.elementsEqual(theirs) { return (left.input, left.line) < (right.input, right.line) }
            return mine.lexicographicallyPrecedes(theirs)
        }
        self.records = records
    }

    /// Calls `body` with each patient, by id.
    func forEachPatient(_ body: (PatientLines) throws(SweepError) -> Void) throws(SweepError) {
        var start = 0
        while start < records.count {
            let owner = file.bytes[records[start].owner]
            var end = start + 1
            while end < records.count, file.bytes[records[end].owner].elementsEqual(owner) { end += 1 }
            try body(PatientLines(id: String(decoding: owner, as: UTF8.self), records: Array(records[start..<end])))
            start = end
        }
    }

    func bytes(of record: SpillRecord) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: file.bytes[record.bytes])
    }

    func type(of record: SpillRecord) -> String { file.bytes.text(record.type) }
}
