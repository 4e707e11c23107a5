/// Why a call cannot be answered: a status, and each thing that is wrong with it.
///
/// What it says names members and services, never what the caller put in them.
///
/// - Source: CDS Hooks 2.0.1, "HTTP Status Codes"; OperationOutcome bodies as 3.0.0-ballot and Da Vinci CRD have them.
public struct HookProblem: Error, Sendable, Hashable {
    /// One thing that is wrong.
    public struct Issue: Sendable, Hashable {
        /// From FHIR's issue-type.
        public enum Code: String, Sendable, Hashable {
            case structure
            case required
            case value
            case notFound = "not-found"
            case tooLong = "too-long"
            case incomplete
            case notSupported = "not-supported"
        }

        public let code: Code
        public let diagnostics: String
        /// The path of the member, such as `context.patientId`; `nil` where it is the body as a whole.
        public let member: String?

        public init(_ code: Code, _ diagnostics: String, at member: String? = nil) {
            self.code = code
            self.diagnostics = diagnostics
            self.member = member
        }
    }

    public let status: Int
    public let issues: [Issue]

    public init(status: Int, _ issues: [Issue]) {
        self.status = status
        self.issues = issues
    }

    /// No service has this address.
    static let unknownService = HookProblem(
        status: 404, [Issue(.notFound, "no service has this id; GET /cds-services lists those that there are")])
}
