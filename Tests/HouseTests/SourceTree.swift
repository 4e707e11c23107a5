import Foundation

/// The repository as it lies on disk, for tests that read the sources themselves.
enum SourceTree {
    /// The folder of Package.swift.
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// One text file of the tree.
    struct File: CustomStringConvertible {
        /// The path from the root, with slashes.
        let path: String
        let lines: [Substring]

        var description: String { path }
        /// `Engine` of `Sources/Engine/Plan/Plan.swift`.
        var room: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

        /// The lines, with their numbers, that hold code; comments left out.
        var code: [(number: Int, text: Substring)] {
            lines.enumerated().compactMap { index, line in
                let text = line.drop { $0 == " " || $0 == "\t" }
                return text.isEmpty || text.hasPrefix("//") ? nil : (index + 1, text)
            }
        }
    }

    /// The files under some folders, or these files themselves, whose names end so; sorted by path.
    static func files(in places: [String], suffix: String = "") throws -> [File] {
        try places.flatMap { place in try paths(at: place) }
            .filter { $0.hasSuffix(suffix) }
            .sorted()
            .map { path in
                let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
                return File(path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
            }
    }

    private static func paths(at place: String) throws -> [String] {
        let url = root.appendingPathComponent(place)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { return [] }
        guard isFolder.boolValue else { return [place] }
        return try FileManager.default.subpathsOfDirectory(atPath: url.path)
            .map { "\(place)/\($0)" }
            .filter { path in
                var isFolder: ObjCBool = false
                let exists = FileManager.default.fileExists(
                    atPath: root.appendingPathComponent(path).path, isDirectory: &isFolder)
                return exists && !isFolder.boolValue && !path.split(separator: "/").contains { $0.hasPrefix(".") }
            }
    }
}
