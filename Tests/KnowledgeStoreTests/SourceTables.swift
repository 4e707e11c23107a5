import Knowledge
import KnowledgeStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The repository's own tables, found from the place of this file; built once for all tests.
enum SourceTables {
    static let directory: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        parts.removeLast(3)
        return (parts + ["Knowledge"]).joined(separator: "/")
    }()

    static let built: Result<(report: KnowledgeReport, base: KnowledgeBase), KnowledgeStoreError> = {
        let file = temporary("all.sqlite")
        do throws(KnowledgeStoreError) {
            let report = try KnowledgeBuilder.build(tables: directory, into: file)
            return .success((report, try KnowledgeStore.open(file)))
        } catch {
            return .failure(error)
        }
    }()

    /// A path in a folder of this process, which goes when the process ends.
    static func temporary(_ name: String) -> String { folder + "/" + name }

    private static let folder: String = {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        let folder = "\(parent)/vigil-knowledge-\(getpid())"
        mkdir(folder, 0o700)
        atexit { SourceTables.remove(SourceTables.folder) }
        return folder
    }()

    private static func remove(_ path: String) {
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != ".", name != ".." { remove("\(path)/\(name)") }
            }
            closedir(directory)
            rmdir(path)
        } else {
            unlink(path)
        }
    }

    static func bytes(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "rb") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return bytes
    }

    static func write(_ bytes: [UInt8], to path: String) {
        guard let file = fopen(path, "wb") else { return }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }
}
