import Documents

extension JSONValue {
    /// A CodeableConcept of one code.
    static func concept(_ system: String, _ code: String?) -> JSONValue? {
        code.map { .object([("coding", .array([.object([("system", .string(system)), ("code", .string($0))])]))]) }
    }
}
