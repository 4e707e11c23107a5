import Documents
import Foundation
import RuleLanguage

/// Notices which rule files appear, change and go, by looking at their dates and sizes.
struct FileWatcher {
    let layers: RuleLayers
    private var known: [String: Stamp] = [:]

    init(_ layers: RuleLayers) {
        self.layers = layers
    }

    private struct Stamp: Hashable {
        let modified: Date?
        let size: Int
    }

    /// What is not as it was when last asked; everything the first time.
    mutating func changes() throws -> (changed: [Source], removed: [String]) {
        var now: [String: Stamp] = [:]
        for (file, _) in try layers.files() where !file.hasSuffix(".json") {
            let attributes = try? FileManager.default.attributesOfItem(atPath: file)
            now[file] = Stamp(modified: attributes?[.modificationDate] as? Date, size: attributes?[.size] as? Int ?? -1)
        }
        let changed = now.filter { known[$0.key] != $0.value }.keys.sorted()
        let removed = known.keys.filter { now[$0] == nil }.sorted()
        known = now
        // A file that an editor is just replacing may be gone for a moment: it comes again.
        return (changed.compactMap { try? SourceFile.read($0) }, removed)
    }
}
