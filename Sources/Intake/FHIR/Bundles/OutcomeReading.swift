import Documents

/// What an OperationOutcome says.
///
/// - Source: FHIR R4, operationoutcome.
struct OutcomeReading {
    /// True where one of its issues is an error or fatal.
    private(set) var isError = false
    /// The code of the issue, such as `timeout`; its words may be about the patient and are not read.
    private var code: String?

    init(_ node: JSONNode) {
        for issue in node["issue"]?.repetitions ?? .none {
            let severity = issue["severity"].flatMap { StatusCode($0) }
            guard severity == .error || severity == .fatal else { continue }
            isError = true
            code = code ?? Self.code(of: issue)
        }
    }

    /// The failure in words; `nil` where there is no error.
    var failure: String? {
        guard isError else { return nil }
        return code.map { "the record system reported an error (\($0))" } ?? "the record system reported an error"
    }

    private static func code(of issue: JSONNode) -> String? {
        guard let bytes = issue["code"]?.stringBytes, !bytes.isEmpty, bytes.count <= 20 else { return nil }
        let isCode = bytes.allSatisfy { $0 == UInt8(ascii: "-") || ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z")) }
        return isCode ? String(decoding: bytes, as: UTF8.self) : nil
    }
}
