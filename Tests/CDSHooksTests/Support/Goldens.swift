import Documents
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Files that show what people see; `VIGIL_RECORD=1` writes them anew, and the diff is read like code.
enum Goldens {
    /// The bytes of `Goldens/<path>`.
    static func read(_ path: String) throws -> [UInt8] {
        let file = try #require(fopen(folder + path, "rb"), "there is no golden \(path)")
        defer { fclose(file) }
        var bytes: [UInt8] = [], chunk = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return bytes
    }

    /// Expects `bytes`, written for people, to equal the golden, or makes it the golden.
    static func expect(_ bytes: [UInt8], toEqual path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let pretty = JSONValue(try JSONDocument(parsing: bytes).root).bytes(pretty: true) + [UInt8(ascii: "\n")]
        if getenv("VIGIL_RECORD") != nil {
            let file = try #require(fopen(folder + path, "wb"))
            fwrite(pretty, 1, pretty.count, file)
            fclose(file)
        }
        let golden = try read(path)
        let difference = Self.difference(lines(golden), lines(pretty))
        #expect(golden == pretty, "\(path) differs:\n\(difference)", sourceLocation: sourceLocation)
    }

    private static let folder = #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Goldens/"

    private static func lines(_ bytes: [UInt8]) -> [Substring] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    }

    private static func difference(_ golden: [Substring], _ found: [Substring]) -> String {
        found.difference(from: golden).map { change in
            switch change {
            case .insert(let line, let text, _): "+ \(line + 1): \(text)"
            case .remove(let line, let text, _): "- \(line + 1): \(text)"
            }
        }.joined(separator: "\n")
    }
}
