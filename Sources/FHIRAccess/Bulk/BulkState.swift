import Digests
import Documents

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How far a download has come, on disk, so that one that was killed goes on.
struct BulkState: Sendable {
    /// One file of the manifest.
    struct File: Sendable {
        enum Kind: String, Sendable { case output, error, deleted }

        let kind: Kind
        /// The type of its resources; empty where it is not told.
        let type: String
        let url: String
        /// Where it lies, relative to the folder.
        let name: String
        /// How many resources it holds, where the manifest says so.
        var stated: Int?
        /// Set when it is whole.
        var length: Int?
        var digest: String?
        var lines: Int?

        /// Whether resources are missing that the manifest counts.
        var isShort: Bool { (stated ?? 0) > (lines ?? .max) }
    }

    /// Names the request that it belongs to.
    let request: String
    /// Where the server tells how far it is; nothing before it was asked.
    var status: String?
    var transactionTime: String?
    var needsToken = true
    /// Nothing before the manifest came.
    var files: [File]?
    /// All files are there, and the server was told.
    var isComplete = false

    static let name = "state.json"

    init(request: String) {
        self.request = request
    }

    /// The state in a folder; nothing where there is none of this request.
    init?(in folder: String, request: String) {
        guard let root = (try? JSONDocument(parsing: SourceFile.bytes(of: "\(folder)/\(Self.name)")))?.root,
            root["request"]?.string == request
        else { return nil }
        self.request = request
        status = root["status"]?.string
        transactionTime = root["transactionTime"]?.string
        needsToken = root["needsToken"]?.bool ?? true
        isComplete = root["complete"]?.bool ?? false
        files = root["files"]?.elements.compactMap { node -> File? in
            guard let kind = node["kind"]?.string.flatMap(File.Kind.init(rawValue:)), let type = node["type"]?.string, let url = node["url"]?.string,
                let name = node["name"]?.string, !name.contains("..")
            else { return nil }
            return File(kind: kind, type: type, url: url, name: name, stated: node["stated"]?.int, length: node["length"]?.int,
                digest: node["sha256"]?.string, lines: node["lines"]?.int)
        }
    }

    /// Writes it so that after a crash it is there whole, or as it was before.
    func write(to folder: String) throws(BulkError) {
        var writer = JSONWriter(pretty: true)
        writer.object { object in
            object.member("request", string: request)
            object.member("status", string: status)
            object.member("transactionTime", string: transactionTime)
            object.member("needsToken", bool: needsToken)
            object.member("complete", bool: isComplete)
            guard let files else { return }
            object.member("files") {
                $0.array { list in
                    for file in files {
                        list.element {
                            $0.object { one in
                                one.member("kind", string: file.kind.rawValue)
                                one.member("type", string: file.type)
                                one.member("url", string: file.url)
                                one.member("name", string: file.name)
                                one.member("stated", int: file.stated)
                                one.member("lines", int: file.lines)
                                one.member("length", int: file.length)
                                one.member("sha256", string: file.digest)
                            }
                        }
                    }
                }
            }
        }
        let file = try BulkFile("\(folder)/\(Self.name)", limit: 1 << 30)
        do { try file.write(writer.bytes) } catch { throw BulkError("the state of the download cannot be written: \(error)") }
        try file.finish()
    }

    /// Forgets the files whose bytes are not there as they were when they came.
    mutating func forgetDamaged(in folder: String) {
        guard var files else { return }
        for place in files.indices {
            guard let length = files[place].length, let digest = files[place].digest else { continue }
            let found = BulkFile.measure("\(folder)/\(files[place].name)")
            if found?.length != length || found?.digest != digest { (files[place].length, files[place].digest, files[place].lines) = (nil, nil, nil) }
        }
        self.files = files
    }
}

extension BulkState {
    /// What is to be downloaded, once the manifest has come.
    mutating func take(_ manifest: BulkManifest) {
        needsToken = manifest.needsToken
        transactionTime = manifest.transactionTime
        files = manifest.files
    }
}
