import Documents

/// Writes what went wrong as FHIR says it.
///
/// - Source: FHIR R4, OperationOutcome.
public enum OperationOutcome {
    /// The outcome that tells of `problem`, as JSON.
    public static func body(_ problem: HookProblem) -> [UInt8] {
        body(problem.issues.map { ($0.code.rawValue, $0.diagnostics, $0.member) })
    }

    /// An outcome with one issue; `code` is from FHIR's issue-type.
    public static func body(code: String, diagnostics: String) -> [UInt8] {
        body([(code, diagnostics, nil)])
    }

    private static func body(_ issues: [(code: String, diagnostics: String, member: String?)]) -> [UInt8] {
        let written = issues.map { issue in
            JSONValue.compact([
                ("severity", "error"),
                ("code", .string(issue.code)),
                ("diagnostics", .string(issue.diagnostics)),
                ("expression", issue.member.map { .array([.string($0)]) }),
            ])
        }
        return JSONValue.object([("resourceType", "OperationOutcome"), ("issue", .array(written))]).bytes
    }
}
