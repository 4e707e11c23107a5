/// Cuts a stream of bytes into the messages of the Language Server Protocol.
///
/// - Source: Language Server Protocol 3.17, base protocol: headers, an empty line, so many bytes.
public struct MessageFrames: Sendable {
    /// What no message of an editor exceeds: 64 MiB.
    private static let longest = 64 << 20
    private var rest: [UInt8] = []

    public init() {}

    /// The messages that are whole once these bytes came.
    public mutating func add(_ bytes: [UInt8]) -> [[UInt8]] {
        rest += bytes
        var messages: [[UInt8]] = []
        while let (start, length) = header() {
            guard length <= Self.longest else {
                rest = []
                break
            }
            guard rest.count >= start + length else { break }
            messages.append(Array(rest[start..<start + length]))
            rest.removeFirst(start + length)
        }
        return messages
    }

    /// Where the content begins and how long it is.
    private func header() -> (start: Int, length: Int)? {
        let end: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        guard rest.count >= 4, let index = (0...(rest.count - 4)).first(where: { Array(rest[$0..<$0 + 4]) == end }) else { return nil }
        let lines = String(decoding: rest[..<index], as: UTF8.self).split(separator: "\r\n")
        let length = lines.lazy.compactMap { line -> Int? in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "content-length" else { return nil }
            return Int(parts[1].drop { $0 == " " })
        }.first
        return (index + 4, max(0, length ?? 0))
    }

    /// A message with its header.
    public static func framed(_ content: [UInt8]) -> [UInt8] {
        Array("Content-Length: \(content.count)\r\n\r\n".utf8) + content
    }
}
