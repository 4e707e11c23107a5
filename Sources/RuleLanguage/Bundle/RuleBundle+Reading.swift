import Digests
import Documents

extension RuleBundle {
    /// Reads a bundle, and finds it as it was published: every file has the digest that the manifest states, and nothing is beside them.
    ///
    /// Who signed it is another question: see `verified(by:)`.
    public init(parsing bytes: [UInt8]) throws(BundleError) {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: true)
        guard let first = lines.first, lines.count >= 2 else { throw .notABundle }
        let head = try Self.node(first, orElse: .notABundle)
        let manifest = try BundleManifest(head)
        let stated = (head["files"]?.elements).map { Array($0) } ?? []
        guard lines.count >= 2 + stated.count else { throw .damaged("it ends too early") }
        var files: [File] = []
        for (line, entry) in zip(lines.dropFirst(), stated) {
            let file = try Self.file(line)
            guard file.path == entry["path"]?.string, file.layer.rawValue == entry["layer"]?.string, "\(file.digest)" == entry["sha256"]?.string else {
                throw .damaged("`\(file.path)` is another text than its first line states")
            }
            files.append(file)
        }
        var tests: [TestLine] = []
        for line in lines.dropFirst(1 + stated.count).dropLast() {
            let node = try Self.node(line, orElse: .damaged("a test cannot be read"))
            guard let rule = node["rule"]?.string, let name = node["case"]?.string, let outcome = node["outcome"]?.string else {
                throw .damaged("a test cannot be read")
            }
            tests.append(TestLine(rule: rule, name: name, outcome: outcome))
        }
        self.init(manifest: manifest, files: files, tests: tests)
        try readSignatures(lines[lines.count - 1])
        // Written again it must be the same bytes: nothing hides in a key that is not read.
        guard self.bytes == bytes else { throw .damaged("it holds more than a bundle does, or in another order") }
    }

    private mutating func readSignatures(_ line: ArraySlice<UInt8>) throws(BundleError) {
        let node = try Self.node(line, orElse: .damaged("its last line cannot be read"))
        guard let list = node["signatures"]?.elements else { throw .damaged("its last line holds no signatures") }
        for entry in list {
            guard let signature = entry.string.flatMap({ Signature($0) }) else { throw .damaged("a signature cannot be read") }
            add(signature)
        }
    }

    private static func file(_ line: ArraySlice<UInt8>) throws(BundleError) -> File {
        let node = try node(line, orElse: .damaged("a file cannot be read"))
        guard let path = node["path"]?.string, let layer = node["layer"]?.string.flatMap(Layer.init), let text = node["text"]?.string else {
            throw .damaged("a file cannot be read")
        }
        return File(path: path, layer: layer, text: text)
    }

    private static func node(_ line: ArraySlice<UInt8>, orElse error: BundleError) throws(BundleError) -> JSONNode {
        guard let document = try? JSONDocument(parsing: Array(line)) else { throw error }
        return document.root
    }
}
