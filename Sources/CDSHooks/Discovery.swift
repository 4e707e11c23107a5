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
    public static func document(of catalogue: ServiceCatalogue) -> [UInt8] {
        JSONValue.object([("services", .array(catalogue.services.map(entry)))]).bytes
    }

    private static func entry(for service: CDSService) -> JSONValue {
        .compact([
            ("hook", .string(service.hook.name)),
            ("title", .string(service.hook.title)),
            ("description", .string(service.hook.description)),
            ("id", .string(service.id)),
            ("prefetch", .compact(service.prefetch.map { ($0.key, .string($0.query)) })),
            ("usageRequirements", .text(requirements(of: service))),
            ("version", .string(version)),
        ])
    }

    private static func requirements(of service: CDSService) -> String? {
        guard !service.prefetch.isEmpty else { return nil }
        return """
            Patient data are taken from prefetch only: this service does not call the FHIR server. Answer every key, with \
            null where nothing was found; what is left out is reported as not checked. Statuses and dates are read by the \
            rules: do not filter by them.
            """
    }
}
