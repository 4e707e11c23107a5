import Documents
import Foundation

/// A file that may be packed with gzip, by its name.
enum PackedFile {
    /// The unpacked file as a source.
    ///
    /// - Throws: that it cannot be read, or that `gzip` cannot unpack it.
    static func read(_ path: String) throws -> Source {
        guard path.hasSuffix(".gz") else { return try SourceFile.read(path) }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", "--", path]
        process.standardOutput = pipe
        try process.run()
        let bytes = Array(pipe.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CommandError(description: "`\(path)` cannot be unpacked") }
        return Source(name: path, bytes: bytes)
    }
}
