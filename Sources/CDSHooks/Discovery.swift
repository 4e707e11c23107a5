import Documents

/// What a client finds at `GET /cds-services`.
///
/// The same catalogue gives the same bytes; clients keep the document, or an analyst copies it by hand.
///
/// - Source: CDS Hooks 2.0.1, "Discovery"; `version` as 3.0.0-ballot has it, unknown to older clients and harmless.
public enum Discovery {
    /// The version of CDS Hooks that we speak.
    public static let version = "2.0.1"

    /// The discovery document as JSON.
    ///
    /// - Parameter callsServers: whether what is missing is fetched from the FHIR servers of clients that allow it.
    public static func document(of catalogue: ServiceCatalogue, callsServers: Bool = false) -> [UInt8] {
        JSONValue.object([("services", .array(catalogue.services.map { entry(for: $0, callsServers: callsServers) }))]).bytes
    }

    private static func entry(for service: CDSService, callsServers: Bool) -> JSONValue {
        .compact([
            ("hook", .string(service.hook.name)),
            ("title", .string(service.hook.title)),
            ("description", .string(service.hook.description)),
            ("id", .string(service.id)),
            ("prefetch", .compact(service.prefetch.map { ($0.key, .string($0.query)) })),
            ("usageRequirements", .string(requirements(of: service, callsServers: callsServers))),
            ("version", .string(version)),
        ])
    }

    private static func requirements(of service: CDSService, callsServers: Bool) -> String {
        guard !service.prefetch.isEmpty else { return service.hook.usage }
        let source = callsServers
            ? "Answer every key: what is left out is fetched from the FHIR server where access is granted, and takes time."
            : "Patient data are taken from prefetch only: this service does not call the FHIR server. Answer every key."
        return """
            \(service.hook.usage) \(source) Send null where nothing was found; what cannot be had is reported as not checked. \
            Statuses and dates are read by the rules: do not filter by them.
            """
    }
}
