import Documents

/// The words that people read, found by the ids that coded entries point to.
struct CDANarrative {
    private let places: [String: XMLNode]

    /// - Complexity: one walk over the document.
    init(_ root: XMLNode) {
        var places: [String: XMLNode] = [:]
        for node in root.descendants {
            guard let id = node.attribute("ID") ?? node.attribute("id"), places[id] == nil else { continue }
            places[id] = node
        }
        self.places = places
    }

    /// The words at a reference, `#id` or the id alone; nil where nothing bears that id or it holds no words.
    func words(at reference: String) -> String? {
        let id = reference.hasPrefix("#") ? String(reference.dropFirst()) : reference
        return places[id].flatMap { Self.words(of: $0) }
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
