import Documents

/// The FHIR server of a call, and the token that opens it for this call.
///
/// Both are what the caller says. Whether the server may be called at all is for the one who calls it to decide; the token
/// goes to that server alone, and is kept no longer than the call.
///
/// - Source: CDS Hooks 2.0.1, "FHIR Resource Access", "Passing the Access Token to the CDS Service".
public struct ServerAccess: Sendable {
    /// The base address, without a slash at its end.
    public let server: String
    public let token: SensitiveText
    /// Seconds; `nil` where it was not told.
    public let expiresIn: Int?
    /// As sent: older EHRs write it in a form of their own.
    public let scope: String?
    /// Which client of the server the token was made for.
    public let subject: String?
    /// The patient that it is limited to.
    public let patientID: String?

    public init(
        server: String, token: SensitiveText, expiresIn: Int? = nil, scope: String? = nil, subject: String? = nil,
        patientID: String? = nil
    ) {
        self.server = server
        self.token = token
        self.expiresIn = expiresIn
        self.scope = scope
        self.subject = subject
        self.patientID = patientID
    }

    /// `nil` where there is no bearer token, so that nothing can be asked.
    init?(server: String, authorization: JSONNode) {
        guard let token = authorization["access_token"]?.string, !token.isEmpty else { return nil }
        if let type = authorization["token_type"]?.string, type.lowercased() != "bearer" { return nil }
        let seconds = authorization["expires_in"]
        self.init(
            server: server.hasSuffix("/") ? String(server.dropLast()) : server, token: SensitiveText(token),
            expiresIn: seconds?.int ?? seconds?.string.flatMap { Int($0) }, scope: authorization["scope"]?.string,
            subject: authorization["subject"]?.string, patientID: authorization["patient"]?.string)
    }
}
