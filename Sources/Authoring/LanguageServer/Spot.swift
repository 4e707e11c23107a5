import Documents

/// The scalar that a cursor stands on, in a text that can be read.
struct Spot {
    let node: YAMLNode
    /// Keys from the root; of a key those that lead to its map, of a value its own key, too.
    let path: [String]
    let isKey: Bool

    init?(at offset: Int, in root: YAMLNode) {
        guard let found = Self.find(offset, root, []) else { return nil }
        self = found
    }

    private init(_ node: YAMLNode, _ path: [String], isKey: Bool) {
        self.node = node
        self.path = path
        self.isKey = isKey
    }

    private static func find(_ offset: Int, _ node: YAMLNode, _ path: [String]) -> Spot? {
        func holds(_ range: SourceRange) -> Bool { range.start <= offset && offset <= range.end }
        switch node {
        case .scalar(_, _, let range):
            return holds(range) ? Spot(node, path, isKey: false) : nil
        case .sequence(let elements, _, _):
            return elements.lazy.compactMap { find(offset, $0, path) }.first
        case .mapping(let entries, _, _):
            for entry in entries {
                if holds(entry.key.range) { return Spot(entry.key, path, isKey: true) }
                if let found = find(offset, entry.value, path + [entry.key.text ?? ""]) { return found }
            }
            return nil
        }
    }
}

extension Source {
    /// The `$name` of a text at a place.
    func placeholder(at offset: Int) -> (name: String, range: SourceRange)? {
        func isName(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
        }
        var start = offset
        while start > 0, isName(bytes[start - 1]) { start -= 1 }
        if start == offset, start < bytes.count, bytes[start] == 0x24 { start += 1 }
        guard start > 0, start <= bytes.count, bytes[start - 1] == 0x24 else { return nil }
        var end = start
        while end < bytes.count, isName(bytes[end]) { end += 1 }
        let range = SourceRange(start: start, end: end)
        return end > start ? (text(in: range), range) : nil
    }
}
