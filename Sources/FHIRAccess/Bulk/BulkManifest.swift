import Documents

/// What an export consists of, as the server tells once it is ready; in one piece or in several, each of which names the next.
///
/// - Source: FHIR Bulk Data Access 3.0, "Response - Complete Status" and "Output Manifest" (`link`).
struct BulkManifest {
    private(set) var needsToken = false
    private(set) var transactionTime: String?
    private(set) var files: [BulkState.File] = []
    /// Where the next piece lies, as the latest one names it.
    private(set) var next: String?
    private var pieces = 0

    /// Reads the next piece.
    ///
    /// - Parameter limit: how many files, and how many pieces, there may be.
    mutating func add(_ bytes: [UInt8], limit: Int) throws(BulkError) {
        guard let root = (try? JSONDocument(parsing: bytes))?.root, let output = root["output"], output.kind == .array else {
            throw BulkError("the manifest of the export cannot be read")
        }
        pieces += 1
        guard pieces <= limit else { throw BulkError("the manifest of the export has more than \(limit) pieces") }
        next = nil
        for link in root["link"]?.elements.map({ $0 }) ?? [] where link["relation"]?.string == "next" {
            guard let url = link["url"]?.string else { throw BulkError("the manifest of the export does not say where it goes on") }
            next = url
        }
        // Where one piece says nothing of it, the token goes along: to servers that are trusted.
        needsToken = needsToken || root["requiresAccessToken"]?.bool ?? true
        transactionTime = transactionTime ?? root["transactionTime"]?.string
        let lists: [(kind: BulkState.File.Kind, node: JSONNode?)] = [
            (kind: .output, node: output), (kind: .deleted, node: root["deleted"]), (kind: .error, node: root["error"]),
        ]
        for (kind, list) in lists {
            for item in list?.elements.map({ $0 }) ?? [] {
                files.append(try file(item, kind))
                guard files.count <= limit else { throw BulkError("the export has more than \(limit) files") }
            }
        }
    }

    private func file(_ item: JSONNode, _ kind: BulkState.File.Kind) throws(BulkError) -> BulkState.File {
        guard let url = item["url"]?.string else { throw BulkError("the manifest of the export names a file without a URL") }
        let stated = item["type"]?.string ?? ""
        let isType = !stated.isEmpty && stated.utf8.count <= 64 && stated.utf8.allSatisfy { (0x41...0x5A).contains($0 & 0xDF) }
        let type = isType ? stated : "Resources"
        let number = String(files.count + 1)
        // A sweep tells the type of a file by what stands before the first dot.
        let name = "\(kind.rawValue)/\(type).\(String(repeating: "0", count: max(0, 5 - number.count)))\(number).ndjson"
        return BulkState.File(kind: kind, type: isType ? stated : "", url: url, name: name, stated: item["count"]?.int)
    }
}
