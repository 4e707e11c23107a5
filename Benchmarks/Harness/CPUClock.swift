#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Processor time, user and system, in nanoseconds.
enum CPUClock {
    /// Of this process.
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Of another process, all its threads that still live; from Linux's scheduler statistics.
    static func now(of process: Int32) -> Int64 {
        let folder = "/proc/\(process)/task"
        guard let tasks = opendir(folder) else { return 0 }
        defer { closedir(tasks) }
        var total: Int64 = 0
        while let entry = readdir(tasks) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard Int32(name) != nil else { continue }
            total += firstNumber(in: "\(folder)/\(name)/schedstat")
        }
        return total
    }

    private static func firstNumber(in path: String) -> Int64 {
        guard let file = fopen(path, "r") else { return 0 }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 128)
        guard fgets(&buffer, Int32(buffer.count), file) != nil else { return 0 }
        let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.split(separator: " ").first.flatMap { Int64($0) } ?? 0
    }
}

/// Keeps a value from being optimized away.
@inline(never)
func consume<Value>(_ value: Value) {}
