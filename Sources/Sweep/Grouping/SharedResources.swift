/// Resources that belong to nobody and that others refer to, such as a Medication, found by type and id.
///
/// They stay in their spill file; memory holds sixteen bytes for each.
struct SharedResources: Sendable {
    private let file: MappedFile?
    /// Hash of `Type/id`, and where its record lies; by hash, then by place.
    private let index: [Entry]
    /// `"Type/` for each type there is, as a reference writes it.
    private let prefixes: [BytePattern]

    private struct Entry: Sendable {
        let hash: UInt64
        let offset: Int
    }

    init(_ path: String) throws(SweepError) {
        file = try MappedFile(path)
        var index: [Entry] = []
        var types: Set<String> = []
        if let bytes = file?.bytes {
            var offset = 0
            while let record = SpillRecord(at: offset, in: bytes) {
                index.append(Entry(hash: stableHash(bytes[record.owner]), offset: offset))
                types.insert(bytes.text(record.type))
                offset = record.bytes.upperBound
            }
        }
        index.sort { ($0.hash, $0.offset) < ($1.hash, $1.offset) }
        self.index = index
        prefixes = types.sorted().map { BytePattern(Array("\"\($0)/".utf8)) }
    }

    var isEmpty: Bool { index.isEmpty }

    /// Places of the shared resources that `line` refers to, in the order of its references.
    func references(in line: UnsafeRawBufferPointer) -> [Int] {
        guard !isEmpty else { return [] }
        var places: [Int] = []
        for prefix in prefixes {
            var start = 0
            while let found = prefix.first(in: line, from: start) {
                start = found.upperBound
                guard let end = line.firstQuote(from: start) else { break }
                let reference = UnsafeRawBufferPointer(rebasing: line[(found.lowerBound + 1)..<end])
                places += self.places(of: reference)
            }
        }
        return places
    }

    /// The bytes of the resource at a place.
    func bytes(at place: Int) -> UnsafeRawBufferPointer? {
        guard let file, let record = SpillRecord(at: place, in: file.bytes) else { return nil }
        return UnsafeRawBufferPointer(rebasing: file.bytes[record.bytes])
    }

    /// Where the resource that `reference` names lies; where it came more than once, in the order of the input: the reader takes the
    /// newest.
    private func places(of reference: UnsafeRawBufferPointer) -> [Int] {
        guard let file else { return [] }
        let hash = stableHash(reference)
        var low = 0
        var high = index.count
        while low < high {
            let middle = (low + high) / 2
            if index[middle].hash < hash { low = middle + 1 } else { high = middle }
        }
        var found: [(input: Int, line: Int, offset: Int)] = []
        while low < index.count, index[low].hash == hash {
            if let record = SpillRecord(at: index[low].offset, in: file.bytes), file.bytes[record.owner].elementsEqual(reference) {
                found.append((record.input, record.line, index[low].offset))
            }
            low += 1
        }
        return found.count < 2 ? found.map(\.offset) : found.sorted { $0 < $1 }.map(\.offset)
    }
}
