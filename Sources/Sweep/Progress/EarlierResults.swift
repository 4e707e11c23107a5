import Clinical
import Documents

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The results of a finished sweep, to be used again for patients of whom nothing has changed.
///
/// They are used only where everything but the input is the same: rules, knowledge, period, and the kinds of data that came; and of
/// a later instant, where none of the patient's dates has turned since. Memory holds twenty-four bytes a patient.
struct EarlierResults: Sendable {
    private let files: [MappedFile]
    /// By hash of the patient's id.
    private let index: [Entry]
    private let asOf: AsOf

    private struct Entry: Sendable {
        let hash: UInt64
        let file: Int32
        let start: Int
    }

    /// The folder of a finished sweep.
    ///
    /// - Throws: ``SweepError`` where there is none.
    static func finished(_ folder: String) throws(SweepError) -> WorkFolder {
        guard let work = try? WorkFolder(existing: folder + "/.sweep"), work.exists("complete") else {
            throw SweepError("`\(folder)` holds no finished sweep to go on from")
        }
        return work
    }

    /// What keeps the results in the folder from being used: that of which they are, where it is other than `basis`, or a later
    /// instant; nothing where they may be used.
    static func hindrance(in work: WorkFolder, basis: SweepBasis, asOf: AsOf) throws(SweepError) -> String? {
        let known = try MappedFile(work.path(Checkpoint.basisFile)).map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
        guard let end = known.lastIndex(of: "\n"), let instant = Int64(known[known.index(after: end)...]) else {
            return "another version of vigil"
        }
        if let other = basis.difference(from: String(known[..<end])) { return other }
        return instant <= asOf.instant.milliseconds ? nil : "a later day or time"
    }

    /// The results in the folder of a finished sweep that rest on the same as this one.
    init(_ work: WorkFolder, asOf: AsOf) throws(SweepError) {
        self.asOf = asOf
        var files: [MappedFile] = []
        var index: [Entry] = []
        for name in work.names(beginningWith: "part-") where !name.hasSuffix(".part") {
            guard let file = try MappedFile(work.path(name)) else { continue }
            var start = 0
            while start < file.bytes.count, let base = file.bytes.baseAddress {
                if let id = Self.patient(in: file.bytes, at: start) {
                    index.append(Entry(hash: stableHash(file.bytes[id]), file: Int32(files.count), start: start))
                }
                guard let end = memchr(base + start, 0x0A, file.bytes.count - start) else { break }
                start = UnsafeRawPointer(end) - base + 1
            }
            files.append(file)
        }
        index.sort { ($0.hash, $0.file, $0.start) < ($1.hash, $1.file, $1.start) }
        self.files = files
        self.index = index
    }

    /// The line of the patient, with its line break, if it was made of data with this digest.
    func line(of patient: String, digest: String) -> UnsafeRawBufferPointer? {
        let hash = stableHash(patient.utf8)
        var low = 0
        var high = index.count
        while low < high {
            let middle = (low + high) / 2
            if index[middle].hash < hash { low = middle + 1 } else { high = middle }
        }
        while low < index.count, index[low].hash == hash {
            let file = files[Int(index[low].file)]
            let start = index[low].start
            low += 1
            guard let base = file.bytes.baseAddress, let end = memchr(base + start, 0x0A, file.bytes.count - start) else { continue }
            let line = UnsafeRawBufferPointer(rebasing: file.bytes[start..<(UnsafeRawPointer(end) - base + 1)])
            guard let document = try? JSONDocument(parsing: Array(line)), document.root["patient"]?.string == patient,
                document.root["digest"]?.string == digest, holds(document.root)
            else { continue }
            return line
        }
        return nil
    }

    /// Whether none of the patient's dates has turned up to the instant of this sweep.
    private func holds(_ line: JSONNode) -> Bool {
        guard let until = line["until"] else { return true }
        guard let milliseconds = until.string.flatMap({ Int64($0) }) else { return false }
        return asOf.instant.milliseconds < milliseconds
    }

    /// Where the patient's id stands in a line; ids with escapes are not used again.
    private static func patient(in bytes: UnsafeRawBufferPointer, at start: Int) -> Range<Int>? {
        let opening: StaticString = "{\"patient\":\""
        let first = start + opening.utf8CodeUnitCount
        guard UnsafeRawBufferPointer(rebasing: bytes[start...]).starts(with: opening), let end = bytes.firstQuote(from: first),
            !bytes[first..<end].contains(UInt8(ascii: "\\"))
        else { return nil }
        return first..<end
    }
}
