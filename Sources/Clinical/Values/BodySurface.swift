/// The ways in which "per 1.73 m²" is written, made one.
///
/// Read as plain UCUM, `mL/min/1.73.m2` would be mL/min times 73 m²; nobody means that.
enum BodySurface {
    /// UCUM's annotation for it, as LOINC uses it for filtration rates.
    static let code = "{1.73_m2}"

    /// `text` with each `1.73 m2` that stands behind a `/`, in any spelling, replaced by the annotation.
    static func normalize(_ text: String) -> String {
        let characters = Array(text)
        guard characters.count <= 100, let start = (0..<characters.count).first(where: { isNumber(characters, at: $0) }) else {
            return text
        }
        var place = start + 4
        while place < characters.count, " ._*·".contains(characters[place]) { place += 1 }
        guard place < characters.count, characters[place] == "m" else { return text }
        place += 1
        if place < characters.count, characters[place] == "^" { place += 1 }
        guard place < characters.count, characters[place] == "2" || characters[place] == "²" else { return text }
        place += 1
        var head = characters[..<start]
        if let open = head.last, let close = [Character("{"): "}", "(": ")", "[": "]"][open] {
            guard place < characters.count, characters[place] == Character(close) else { return text }
            head = head.dropLast()
            place += 1
        }
        while head.last == " " { head = head.dropLast() }
        guard head.last == "/" else { return text }
        return String(head) + code + String(characters[place...])
    }

    private static func isNumber(_ characters: [Character], at place: Int) -> Bool {
        place + 4 <= characters.count && characters[place..<place + 4].elementsEqual("1.73")
    }
}
