import Documents
import Foundation

/// What a command reads from where its user points: a file, or standard input for `-`.
enum CommandInput {
    static func bytes(of path: String) throws -> [UInt8] {
        if path == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        return try SourceFile.bytes(of: path)
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
