import Documents
import Foundation

/// What a command reads from where its user points: a file, or standard input for `-`.
enum CommandInput {
    static func bytes(of path: String) throws -> [UInt8] {
        if path == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        return try SourceFile.bytes(of: path)
    }

    /// The JSON in it; where it is none, the file is named.
    static func json(of path: String) throws -> JSONDocument { try json(try bytes(of: path), of: path) }

    /// The JSON in bytes that were read there.
    static func json(_ bytes: [UInt8], of path: String) throws -> JSONDocument {
        do {
            return try JSONDocument(parsing: bytes)
        } catch {
            throw CommandError(description: "\(path == "-" ? "standard input" : path) is not JSON: \(error)")
        }
    }

    /// Writes a whole file, or says why not.
    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandError(description: "`\(path)` cannot be written")
        }
    }

    /// How many things can be done at once on this machine.
    static var width: Int { ProcessInfo.processInfo.activeProcessorCount }
}
