import Documents

/// The words that people read, found by the ids that coded entries point to.
struct CDANarrative {
    private var places: [String: [XMLNode]] = [:]

    /// - Complexity: one walk over the document.
    init(_ root: XMLNode) {
        for node in root.descendants {
            if let id = node.attribute("ID") ?? node.attribute("id") { places[id, default: []].append(node) }
        }
    }

    /// The words that a `reference` points to, by `#id` or the id alone; nil where nothing bears that id or it holds no words.
    ///
    /// Some documents use an id once in each section; that of the section of the reference is meant then.
    func words(at target: String, from reference: XMLNode) -> String? {
        let found = places[target.hasPrefix("#") ? String(target.dropFirst()) : target] ?? []
        let place = found.count > 1 ? found.first { Self.section(of: $0) == Self.section(of: reference) } : found.first
        return place.flatMap { Self.words(of: $0) }
    }

    private static func section(of node: XMLNode) -> XMLNode? {
        var place = node.parent
        while let section = place, !section.isCDA("section") { place = section.parent }
        return place
    }

    /// All words in an element, runs of blanks made one; nil where there are none.
    static func words(of node: XMLNode) -> String? {
        var words = ""
        var previous: XMLNode?
        for (text, owner) in node.texts {
            // Cells and paragraphs stand apart, though no blank is written between them.
            if let previous, previous != owner, !(isInline(previous) && isInline(owner)) { words += " " }
            words += text
            previous = owner
        }
        let pieces = words.split(whereSeparator: \.isWhitespace)
        return pieces.isEmpty ? nil : pieces.joined(separator: " ")
    }

    private static func isInline(_ node: XMLNode) -> Bool { ["content", "sub", "sup", "linkHtml"].contains(node.name.local) }
}
