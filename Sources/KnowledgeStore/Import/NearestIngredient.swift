import Documents

/// The name an unmapped one probably means.
enum NearestIngredient {
    static func find(_ name: String, in names: [String]) -> String? {
        NearestName.find(name.lowercased(), in: names)
    }
}
