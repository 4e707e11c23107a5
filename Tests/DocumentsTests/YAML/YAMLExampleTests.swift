import Documents
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The sample rules of the project's surroundings, where they are at hand, are read without a remark.
@Suite struct YAMLExampleTests {
    static let folder: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(4)
        return parts.joined(separator: "/") + "/../shared/examples"
    }()

    @Test func examples() throws {
        guard let directory = opendir(Self.folder) else {
            print("SKIPPED: no sample rules at ../shared/examples")
            return
        }
        defer { closedir(directory) }
        var count = 0
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            guard name.hasSuffix(".yaml") else { continue }
            let (node, diagnostics) = YAMLReader.read(try SourceFile.read(Self.folder + "/" + name, name: name))
            #expect(diagnostics == [], "\(name)")
            #expect(node?.mapping?.isEmpty == false)
            count += 1
        }
        #expect(count > 10)
    }
}
