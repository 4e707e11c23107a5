import Clinical
import Documents

/// What one of an observation's value[x] elements says; nothing where it could not be read.
struct ReadValue {
    var value: Observation.Value?
}

extension ElementReader {
    /// The value that an element of value[x] holds; `nil` where the element is no value.
    ///
    /// - Source: FHIR R4, observation: value[x].
    mutating func observationValue(_ name: ElementName, _ node: JSONNode) -> ReadValue? {
        switch name {
        case .valueQuantity: ReadValue(value: quantity(node, name).map { .quantity($0) })
        case .valueCodeableConcept: ReadValue(value: codedValue(node))
        case .valueBoolean: ReadValue(value: boolean(node, name).map { .boolean($0) })
        // A bare number: a quantity without a unit.
        case .valueInteger: ReadValue(value: integer(node))
        case .valueRange: ReadValue(value: range(node, name).map { .range(low: $0.low, high: $0.high) })
        case .valueRatio: ReadValue(value: ratio(node, name).map { .ratio($0) })
        case .valueString: ReadValue(value: textValue(node))
        case .valueSampledData, .valueTime, .valueDateTime, .valuePeriod: otherValue(name, node)
        default: nil
        }
    }

    private mutating func codedValue(_ node: JSONNode) -> Observation.Value? {
        let concept = concept(node, .valueCodeableConcept)
        return concept.codings.isEmpty && concept.text == nil ? nil : .code(concept)
    }

    private mutating func integer(_ node: JSONNode) -> Observation.Value? {
        guard let value = decimal(node, .valueInteger) else { return nil }
        return .quantity(Quantity(value, nil))
    }

    /// Words are never parsed by guess, even where they look like a number.
    private mutating func textValue(_ node: JSONNode) -> Observation.Value? {
        guard node.kind == .string else {
            noteMismatch(.valueString, at: node, expected: "a string")
            return nil
        }
        return .text
    }

    private mutating func otherValue(_ name: ElementName, _ node: JSONNode) -> ReadValue {
        guard node.kind == .string || node.kind == .object else {
            noteMismatch(name, at: node, expected: "a value")
            return ReadValue()
        }
        note(name, "a kind of value that no rule compares; kept as words", at: node)
        return ReadValue(value: .text)
    }
}
