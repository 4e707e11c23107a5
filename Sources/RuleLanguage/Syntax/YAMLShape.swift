import Documents

extension YAMLNode {
    /// What it is, for a sentence.
    var shapeWords: String {
        if mapping != nil { return "a map" }
        if sequence != nil { return "a list" }
        return "a text"
    }

    /// The members of a list, or the thing itself as a list of one.
    var listOrSelf: [YAMLNode] { sequence ?? [self] }
}
