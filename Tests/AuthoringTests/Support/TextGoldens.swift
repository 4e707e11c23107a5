import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Texts that show what people see; `VIGIL_RECORD=1` writes them anew, and the diff is read like code.
enum TextGoldens {
    static func expect(_ text: String, toEqual path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let bytes = Array(text.utf8)
        if getenv("VIGIL_RECORD") != nil {
            let file = try #require(fopen(folder + path, "wb"))
            fwrite(bytes, 1, bytes.count, file)
            fclose(file)
        }
        let golden = try read(path)
        let found = text.split(separator: "\n", omittingEmptySubsequences: false)
        let wanted = golden.split(separator: "\n", omittingEmptySubsequences: false)
        let difference = found.difference(from: wanted).map { change in
            switch change {
            case .insert(let line, let text, _): "+ \(line + 1): \(text)"
            case .remove(let line, let text, _): "- \(line + 1): \(text)"
            }
        }
        #expect(difference.isEmpty, "\(path) differs:\n\(difference.joined(separator: "\n"))", sourceLocation: sourceLocation)
    }

    private static func read(_ path: String) throws -> String {
        let file = try #require(fopen(folder + path, "rb"), "there is no golden \(path)")
        defer { fclose(file) }
        var bytes: [UInt8] = [], chunk = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let folder = Repository.path("Tests/AuthoringTests/Goldens/")
}
