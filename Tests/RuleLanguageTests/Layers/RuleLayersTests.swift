import Foundation
import RuleLanguage
import Testing

/// Which file is of which layer.
@Suite struct RuleLayersTests {
    private let root = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-layers-\(UUID().uuidString)").path

    private func write(_ paths: [String]) throws {
        for path in paths {
            let file = root + "/" + path
            try FileManager.default.createDirectory(atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data("classes: {}\n".utf8).write(to: URL(fileURLWithPath: file))
        }
    }

    private func files(_ packs: [String], site: String? = nil, unit: String? = nil) throws -> [String] {
        try RuleLayers(packs: packs.map { "\(root)/\($0)" }, site: site.map { "\(root)/\($0)" }, unit: unit).files().map {
            "\($0.layer.rawValue) \(($0.path as NSString).lastPathComponent)"
        }
    }

    @Test func aFileCountsOnceInTheInnerFolder() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        try write(["rules/a.yaml", "rules/bleeding/b.yaml", "rules/site/s.yaml", "site/o.yaml", "site/unit/icu/u.yaml", "site/pack/p.yaml"])
        try FileManager.default.createSymbolicLink(atPath: root + "/link", withDestinationPath: root + "/rules")
        #expect(try files(["rules"]) == ["pack a.yaml", "pack b.yaml", "pack s.yaml"])
        #expect(try files(["rules", "rules/bleeding", "link", "./rules"]) == ["pack a.yaml", "pack b.yaml", "pack s.yaml"])
        #expect(try files(["rules"], site: "rules/site") == ["pack a.yaml", "pack b.yaml", "site s.yaml"])
        #expect(try files(["rules"], site: "link/site/") == ["pack a.yaml", "pack b.yaml", "site s.yaml"])
        #expect(try files(["site/pack"], site: "site") == ["pack p.yaml", "site o.yaml"])
        #expect(try files(["site/pack"], site: "site", unit: "icu") == ["pack p.yaml", "site o.yaml", "unit u.yaml"])
        // What is named as a pack is none of a site.
        #expect(try files(["site"], site: "site").contains { $0.hasPrefix("site") } == false)
    }
}
