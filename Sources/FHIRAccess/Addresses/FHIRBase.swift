/// The base URL of a FHIR server in one spelling, without a slash at its end.
public struct FHIRBase: Sendable, Hashable, CustomStringConvertible {
    let address: WebAddress

    /// Reads an absolute http or https URL; `nil` for one with a query, a user, a fragment or dot segments.
    public init?(_ url: String) {
        let trimmed = String(url.reversed().drop { $0 == "/" }.reversed())
        guard let address = WebAddress(trimmed), address.query == nil else { return nil }
        self.address = address
    }

    public var description: String { address.description }

    /// Whether `base` is this one or lies below it, whole path segments counted: `/fhir` covers `/fhir/r4` and not `/fhir2`.
    public func covers(_ base: FHIRBase) -> Bool { base.address.isWithin(address) }
}
