import Foundation
import Testing

/// docs/authoring.md is true: its files are written and its commands are run, in their order, in an empty folder.
@Suite("The author's guide")
struct AuthoringGuideTests {
    @Test("Every command of it does what it says")
    func commands() throws {
        guard let built = BuiltProgram() else { return }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-guide-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appendingPathComponent(".vigil"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["Rules", "docs", ".vigil/knowledge.sqlite"] {
            try FileManager.default.createSymbolicLink(
                at: folder.appendingPathComponent(name), withDestinationURL: SourceTree.root.appendingPathComponent(name))
        }
        let guide = try String(contentsOf: SourceTree.root.appendingPathComponent("docs/authoring.md"), encoding: .utf8)
        var commands = 0
        for block in Self.blocks(of: guide) {
            switch block.language {
            case "sh":
                for command in block.text.split(separator: "\n") {
                    try Self.run(String(command), in: folder, program: built.program)
                    commands += 1
                }
            case "yaml":
                try Self.write(block, in: folder)
            default: break
            }
        }
        #expect(commands >= 15)
    }

    /// A block of code, and what the comment before it says to do with it.
    private struct Block {
        let language: String
        let text: String
        let order: String
        let path: String
    }

    private static func blocks(of guide: String) -> [Block] {
        var blocks: [Block] = []
        var order = "", path = "", language: String?
        var lines: [Substring] = []
        for line in guide.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("<!-- "), line.hasSuffix(" -->") {
                let parts = line.dropFirst(5).dropLast(4).split(separator: ":", maxSplits: 1)
                (order, path) = (String(parts[0]), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
            } else if line.hasPrefix("```") {
                if let open = language {
                    blocks.append(Block(language: open, text: lines.joined(separator: "\n") + "\n", order: order, path: path))
                    (language, lines, order, path) = (nil, [], "", "")
                } else {
                    language = String(line.dropFirst(3))
                }
            } else if language != nil {
                lines.append(line)
            }
        }
        return blocks
    }

    private static func write(_ block: Block, in folder: URL) throws {
        try #require(!block.path.isEmpty, "a YAML block says where it goes")
        let file = folder.appendingPathComponent(block.path)
        let old = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        let new: String
        switch block.order {
        case "append": new = old + block.text
        case "status": new = old.replacingOccurrences(of: "status: draft\n", with: block.text)
        default: new = block.text
        }
        try #require(new != old)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try new.write(to: file, atomically: true, encoding: .utf8)
    }

    private static func run(_ command: String, in folder: URL, program: URL) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = folder
        process.environment = ["PATH": program.deletingLastPathComponent().path + ":/usr/bin:/bin"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(command)\n\(said)")
    }
}
