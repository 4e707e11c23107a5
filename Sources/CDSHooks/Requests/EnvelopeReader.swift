import Documents

/// Reads what stands around the record in a call, and keeps every fault it meets.
struct EnvelopeReader {
    private let body: JSONNode
    private(set) var issues: [HookProblem.Issue] = []

    init(_ body: JSONNode) {
        self.body = body
        if body.kind != .object {
            issues = [HookProblem.Issue(.structure, "the body must be a JSON object")]
        }
    }

    // MARK: - Its parts

    /// `hook` and `context`.
    mutating func context(of hook: any Hook) -> HookRequestContext {
        guard body.kind == .object else { return HookRequestContext() }
        checkHook(hook)
        guard let context = present("context") else {
            report(.required, "`context` is missing", at: "context")
            reportLeftovers(beside: nil)
            return HookRequestContext()
        }
        guard context.kind == .object else {
            let past = context.kind == .array ? "; an array is the form from before CDS Hooks 1.0" : ""
            report(.structure, "`context` must be an object\(past)", at: "context")
            return HookRequestContext()
        }
        reportLeftovers(beside: context)
        return fields(of: hook, in: context)
    }

    /// `hookInstance`, in its plain form.
    mutating func hookInstance() -> String {
        guard body.kind == .object else { return "" }
        guard let value = present("hookInstance") else {
            report(.required, "`hookInstance` is missing", at: "hookInstance")
            return ""
        }
        guard let instance = value.string.flatMap(plainUUID) else {
            report(.value, "`hookInstance` must be a UUID", at: "hookInstance")
            return ""
        }
        return instance
    }

    /// `fhirServer` and `fhirAuthorization`; `nil` where they grant nothing.
    mutating func access() -> ServerAccess? {
        guard body.kind == .object else { return nil }
        let server = present("fhirServer"), authorization = present("fhirAuthorization")
        if let server, !(server.string.map(isAbsoluteURL) ?? false) {
            report(.value, "`fhirServer` must be an absolute http or https URL", at: "fhirServer")
        }
        guard let authorization else { return nil }
        if authorization.kind != .object {
            report(.structure, "`fhirAuthorization` must be an object", at: "fhirAuthorization")
        }
        guard let server else {
            report(.required, "`fhirServer` is required where `fhirAuthorization` is sent", at: "fhirServer")
            return nil
        }
        return server.string.flatMap { ServerAccess(server: $0, authorization: authorization) }
    }

    /// The members of `prefetch`, in the order in which they came.
    mutating func prefetch() -> [SuppliedPrefetch] {
        guard body.kind == .object, let prefetch = present("prefetch") else { return [] }
        guard prefetch.kind == .object else {
            report(.structure, "`prefetch` must be an object", at: "prefetch")
            return []
        }
        var supplied: [SuppliedPrefetch] = []
        for (key, value) in prefetch.members {
            guard let key = key.string else { continue }
            if value.kind == .object || value.isNull {
                supplied.append(SuppliedPrefetch(key: key, value: value))
            } else {
                report(.structure, "each member of `prefetch` must be a FHIR resource or null", at: "prefetch")
            }
        }
        return supplied
    }

    // MARK: - Smaller steps

    private mutating func checkHook(_ hook: any Hook) {
        guard let value = present("hook") else { return report(.required, "`hook` is missing", at: "hook") }
        guard let name = value.string else { return report(.value, "`hook` must be a string", at: "hook") }
        if name != hook.name {
            report(.value, "this service answers `\(hook.name)` and no other hook", at: "hook")
        }
    }

    private mutating func fields(of hook: any Hook, in context: JSONNode) -> HookRequestContext {
        var read = HookRequestContext()
        for field in hook.context {
            let sent = ([field.name] + field.aliases).lazy.compactMap { context.member($0) }
            guard let value = sent.first(where: { !$0.isNull }) else {
                if field.isRequired {
                    report(.required, "`context.\(field.name)` is missing; \(hook.name) requires it", at: "context.\(field.name)")
                }
                continue
            }
            if let issue = read.take(value, as: field, of: hook) { issues.append(issue) }
        }
        return read
    }

    /// Says where a member has gone since the drafts of CDS Hooks: at the top they had `user`, `patient` and `encounter`.
    private mutating func reportLeftovers(beside context: JSONNode?) {
        for (old, new) in [("user", "userId"), ("patient", "patientId"), ("encounter", "encounterId")] {
            guard body.member(old) != nil, context?.member(new) == nil else { continue }
            report(.structure, "`\(old)` at the top is the form from before CDS Hooks 1.0; send `context.\(new)`", at: old)
        }
    }

    /// A member that is there and not null.
    private func present(_ name: String) -> JSONNode? {
        body.member(name).flatMap { $0.isNull ? nil : $0 }
    }

    private mutating func report(_ code: HookProblem.Issue.Code, _ diagnostics: String, at member: String) {
        let issue = HookProblem.Issue(code, diagnostics, at: member)
        if !issues.contains(issue) { issues.append(issue) }
    }
}

/// A UUID of any version, lower case, without `urn:uuid:`; `nil` where it is none.
private func plainUUID(_ text: String) -> String? {
    var lower = text.lowercased()[...]
    if lower.hasPrefix("urn:uuid:") { lower = lower.dropFirst(9) }
    let parts = lower.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.map(\.count) == [8, 4, 4, 4, 12], parts.allSatisfy({ $0.allSatisfy(isHexadecimal) }) else { return nil }
    return String(lower)
}

private func isHexadecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
}

private func isAbsoluteURL(_ text: String) -> Bool {
    let lower = text.lowercased()
    guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else { return false }
    let rest = lower.dropFirst(scheme.count)
    return !rest.isEmpty && rest.first != "/" && !rest.utf8.contains { $0 <= 0x20 }
}
