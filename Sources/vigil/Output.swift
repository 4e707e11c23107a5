import Documents

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

    /// Bytes of the result, as they are.
    static func bytes(_ bytes: [UInt8]) {
        write(bytes, to: STDOUT_FILENO)
    }

    /// A line that is not part of the result.
    static func note(_ text: String) {
        write(Array(text.utf8) + [UInt8(ascii: "\n")], to: STDERR_FILENO)
    }

    /// Whether a person watches standard output.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Writes without a buffer, so that nothing is lost or late when the output is a pipe.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        // Whoever reads has gone, or the disk is full: there is nobody left to tell.
        _ = SystemCall.write(descriptor, bytes)
    }
}
