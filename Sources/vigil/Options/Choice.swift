import ArgumentParser

/// Reads an argument as one of the words of an enumeration, and lists them where it is none.
func choice<Value: RawRepresentable & CaseIterable & Sendable>(
    of type: Value.Type
) -> @Sendable (String) throws -> Value where Value.RawValue == String {
    let words = type.allCases.map(\.rawValue)
    let values = Dictionary(zip(words, type.allCases), uniquingKeysWith: { first, _ in first })
    return { text in
        guard let value = values[text] else {
            throw ValidationError("`\(text)` is none of \(words.joined(separator: ", "))")
        }
        return value
    }
}
