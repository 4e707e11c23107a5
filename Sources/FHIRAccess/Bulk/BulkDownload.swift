import Documents

/// An export that is all there.
public struct BulkDownload: Sendable {
    /// The folder with the files of resources.
    public let data: String
    /// Files of resources, in the order of the manifest.
    public let outputs: Int
    /// Unpacked bytes of all files.
    public let bytes: Int
    /// Files with Bundles of what was deleted since.
    public let deleted: [String]
    /// The instant of the data: what a later export names as its `since`.
    public let transactionTime: String?
    /// What the server could not export, by severity of FHIR's issues; lines that cannot be read count as errors.
    public let issues: [String: Int]
    /// Files that hold fewer resources than the manifest says.
    public let shortFiles: Int

    init(_ state: BulkState, folder: String) {
        let files = state.files ?? []
        data = "\(folder)/\(BulkState.File.Kind.output.rawValue)"
        outputs = files.count { $0.kind == .output }
        bytes = files.reduce(0) { $0 + ($1.length ?? 0) }
        deleted = files.filter { $0.kind == .deleted }.map { "\(folder)/\($0.name)" }
        transactionTime = state.transactionTime
        shortFiles = files.count { $0.kind == .output && $0.isShort }
        var issues: [String: Int] = [:]
        for file in files where file.kind == .error { Self.count("\(folder)/\(file.name)", &issues) }
        self.issues = issues
    }

    /// What is missing of what was asked for, in words; nothing where the server says that it gave all.
    public var shortfall: String? {
        if (issues["fatal"] ?? 0) + (issues["error"] ?? 0) > 0 { return "the server could not export all of it" }
        return shortFiles > 0 ? "files of the export hold fewer resources than its manifest says" : nil
    }

    private static func count(_ path: String, _ issues: inout [String: Int]) {
        guard let bytes = try? SourceFile.bytes(of: path) else {
            issues["error", default: 0] += 1
            return
        }
        for line in bytes.split(separator: 0x0A) where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
            let severities = (try? JSONDocument(parsing: Array(line)))?.root["issue"]?.elements.compactMap { $0["severity"]?.string } ?? ["error"]
            for severity in severities {
                issues[["fatal", "error", "warning", "information"].contains(severity) ? severity : "error", default: 0] += 1
            }
        }
    }

    /// The instant of the export in a folder; nothing where it is not all there.
    public static func transactionTime(in folder: String) -> String? {
        guard let root = (try? JSONDocument(parsing: SourceFile.bytes(of: "\(folder)/\(BulkState.name)")))?.root,
            root["complete"]?.bool == true
        else { return nil }
        return root["transactionTime"]?.string
    }
}
