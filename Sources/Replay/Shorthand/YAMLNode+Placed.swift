import Documents

extension YAMLNode {
    /// The scalar with its place; nothing for a map or a list.
    var placedText: PlacedText? {
        text.map { PlacedText(text: $0, range: range) }
    }

    /// The entries of a map whose keys are scalars; nothing for anything else.
    var placedEntries: [(key: PlacedText, value: YAMLNode)]? {
        mapping.map { entries in
            entries.compactMap { entry in entry.key.placedText.map { ($0, entry.value) } }
        }
    }
}
