import Foundation

/// Files around the examples of the messages, with `@@` where an example stands: `Tests/Worlds/Messages`, by code.
enum MessageHosts {
    static let all: [String: String] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Worlds/Messages")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.reduce(into: [:]) { hosts, name in
            hosts[String(name.dropLast(5))] = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        }
    }()
}
