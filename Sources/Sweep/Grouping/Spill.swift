import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The spill files of a sweep: the input, parted by patient, so that each part fits into memory whatever the input's size.
struct Spill: Sendable {
    let folder: WorkFolder
    /// How many parts there are; a patient's lines all lie in one.
    let partCount: Int

    /// What a part should hold, uncompressed.
    static let partSize = 16 << 20
    static let greatestPartCount = 4096

    /// Parts enough for the inputs; packed ones are taken to unpack to twelve times their size, as FHIR does.
    static func partCount(for inputs: [SweepInput]) -> Int {
        var size = 0
        for input in inputs { size += input.compression == .none ? input.size : input.size * 12 }
        // The size of standard input is not known beforehand.
        if inputs.contains(where: { $0.path == "-" }) { size += 1 << 30 }
        return min(max(size / partSize, 1), greatestPartCount)
    }

    func part(of owner: String) -> Int {
        Int(stableHash(owner.utf8) % UInt64(partCount))
    }

    func path(_ part: Int) -> String { folder.path("spill-\(part)") }
    var sharedPath: String { folder.path("spill-shared") }
}

/// What one worker has sorted and not yet written.
///
/// Appends of several workers to one file do not mix: each is one `write` to a file opened for appending.
struct SpillWriter: ~Copyable {
    private let spill: Spill
    private var buffers: [[UInt8]]
    private var shared: [UInt8] = []
    private let bufferSize: Int
    /// Whose line came last, and where it went: a patient's lines mostly come together.
    private var latest: (patient: String, part: Int)?

    init(_ spill: Spill) {
        self.spill = spill
        buffers = Array(repeating: [], count: spill.partCount)
        // All buffers of a worker together stay within 64 MiB.
        bufferSize = max(8 << 10, min(256 << 10, (64 << 20) / spill.partCount))
    }

    mutating func add(
        _ line: UnsafeRawBufferPointer, kept: KeptLine? = nil, patient: String, type: String, input: Int, number: Int
    ) throws(SweepError) {
        let part = place(of: patient)
        let hash = fastHash(line)
        let extent = kept?.extent ?? .unasked
        if let remainder = kept?.remainder {
            SpillRecord.append(
                remainder, owner: patient, type: type, input: input, line: number, hash: hash, extent: extent, to: &buffers[part])
        } else {
            SpillRecord.append(
                line, owner: patient, type: type, input: input, line: number, hash: hash, extent: extent, to: &buffers[part])
        }
        if buffers[part].count >= bufferSize { try flush(part) }
    }

    private mutating func place(of patient: String) -> Int {
        if let latest, latest.patient == patient { return latest.part }
        let part = spill.part(of: patient)
        latest = (patient, part)
        return part
    }

    mutating func add(shared line: UnsafeRawBufferPointer, type: String, id: String, input: Int, number: Int) throws(SweepError) {
        SpillRecord.append(line, owner: "\(type)/\(id)", type: type, input: input, line: number, hash: fastHash(line), to: &shared)
        if shared.count >= bufferSize { try flushShared() }
    }

    /// Writes what is left.
    mutating func finish() throws(SweepError) {
        for part in buffers.indices { try flush(part) }
        try flushShared()
    }

    private mutating func flush(_ part: Int) throws(SweepError) {
        guard !buffers[part].isEmpty else { return }
        try WorkFolder.append(buffers[part], to: spill.path(part))
        buffers[part].removeAll(keepingCapacity: true)
    }

    private mutating func flushShared() throws(SweepError) {
        guard !shared.isEmpty else { return }
        try WorkFolder.append(shared, to: spill.sharedPath)
        shared.removeAll(keepingCapacity: true)
    }
}
