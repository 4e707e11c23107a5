import Documents
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a command says: results on standard output, everything else on standard error.
enum Output {
    /// A line of the result.
    static func line(_ text: String = "") {
        bytes(Array(text.utf8) + [UInt8(ascii: "\n")])
    }

    /// Text of the result, as it is.
    static func text(_ text: String) {
        bytes(Array(text.utf8))
    }

    /// Bytes of the result, as they are; once some could not be written, none follow.
    static func bytes(_ bytes: [UInt8]) {
        guard loss == nil else { return }
        // Without a buffer, so that nothing is lost or late when the output is a pipe.
        if !SystemCall.write(STDOUT_FILENO, bytes) {
            let why = String(cString: strerror(errno))
            failure.withLock { $0 = why }
        }
    }

    private static let failure = Mutex<String?>(nil)

    /// Why the result is not all there; nothing where every byte of it went out.
    static var loss: String? { failure.withLock { $0 } }

    /// A line that is not part of the result.
    static func note(_ text: String) {
        // Whoever reads has gone, or the disk is full: there is nobody left to tell.
        _ = SystemCall.write(STDERR_FILENO, Array(text.utf8) + [UInt8(ascii: "\n")])
    }

    /// Whether a person watches standard output.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}
