#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

import Documents

/// The unpacked bytes of one input.
///
/// Packed files go through `gzip` and `zstd`, which every Debian has or offers: a process of its own unpacks on another core
/// while this one reads.
final class InputStream {
    private let input: SweepInput
    /// The file as it is stored; where it is packed, the unpacking process moves its offset.
    private let stored: Int32
    /// What is read: the file, or what its unpacking writes.
    private let descriptor: Int32
    /// The unpacking process, until it has been waited for.
    private var unpacker: pid_t?

    init(_ input: SweepInput) throws(SweepError) {
        self.input = input
        let stored = input.path == "-" ? dup(STDIN_FILENO) : open(input.path, O_RDONLY | O_CLOEXEC)
        guard stored >= 0 else { throw SweepError("`\(input.path)` cannot be read: \(String(cString: strerror(errno)))") }
        self.stored = stored
        do throws(SweepError) {
            switch input.compression {
            case .none: (descriptor, unpacker) = (stored, nil)
            case .gzip: (descriptor, unpacker) = try Self.unpack(input, stored, with: "gzip")
            case .zstandard: (descriptor, unpacker) = try Self.unpack(input, stored, with: "zstd")
            }
        } catch {
            _ = close(stored)
            throw error
        }
    }

    /// How far the file has been read, in bytes as stored; 0 of a pipe.
    var offset: Int { max(0, Int(lseek(stored, 0, SEEK_CUR))) }

    deinit {
        _ = close(stored)
        if descriptor != stored { _ = close(descriptor) }
        guard let unpacker else { return }
        kill(unpacker, SIGKILL)
        var status: Int32 = 0
        while waitpid(unpacker, &status, 0) < 0 && errno == EINTR {}
    }

    /// Fills `buffer` from its start as far as the input goes; returns how many bytes came, 0 only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(SweepError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = SystemCall.read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            guard count >= 0 else { throw SweepError("`\(input.path)` cannot be read: \(String(cString: strerror(errno)))") }
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// Starts `gzip -dc` or `zstd -dc` on the file, whatever its name, and reads what it writes.
    private static func unpack(_ input: SweepInput, _ stored: Int32, with program: String) throws(SweepError) -> (Int32, pid_t) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw SweepError("no pipe to \(program): \(String(cString: strerror(errno)))") }
        _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
        _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, stored, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        let words = [program, "-dcq"]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        let outcome = posix_spawnp(&process, program, &actions, nil, &arguments, nil)
        _ = close(ends[1])
        guard outcome == 0 else {
            _ = close(ends[0])
            throw SweepError("`\(input.path)` is packed and `\(program)` cannot be started: \(String(cString: strerror(outcome))). Install it, or unpack the file")
        }
        return (ends[0], process)
    }

    /// What was wrong with a packed file, once its end was reached; nothing where it was whole.
    func damage() -> String? {
        guard let process = unpacker else { return nil }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { return "its unpacking did not end" }
        }
        unpacker = nil
        return status == 0 ? nil : "the packed file is damaged or cut off; what could be unpacked was read"
    }
}
