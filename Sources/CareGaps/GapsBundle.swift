public import Clinical
import Digests
public import Documents

/// The gaps of one patient as a document Bundle: Composition, and a DetectedIssue with its MeasureReport for each gap; then the Patient
/// and what the reports rest on, of those that are at hand.
///
/// - Source: Da Vinci DEQM 5.0, Gaps in Care Bundle, Composition and DetectedIssue profiles.
public struct GapsBundle: Sendable {
    /// A resource of the record, as it was sent.
    public struct CarriedResource: Sendable {
        fileprivate let reference: String
        fileprivate let fullURL: String
        fileprivate let json: [UInt8]

        /// - Parameters:
        ///   - fullURL: where it is, if that is known; a name made of `reference` otherwise.
        ///   - json: the whole resource.
        public init(_ reference: ResourceReference, fullURL: String?, json: [UInt8]) {
            self.reference = reference.description
            self.fullURL = fullURL ?? "urn:uuid:\(Digest(of: reference.description).uuid)"
            self.json = json
        }
    }

    private let context: ReportContext
    private let patient: String
    private let gaps: [CareGapResult]
    private let carried: [CarriedResource]

    /// Nothing where no gap has one of the statuses.
    ///
    /// - Parameters:
    ///   - patient: the id of the Patient.
    ///   - statuses: which gaps are told.
    ///   - resource: gives a resource of the record; asked for the Patient and for all that the reports rest on.
    public init?(
        context: ReportContext, patient: String, results: [CareGapResult], statuses: Set<GapsStatus> = [.open, .prospective],
        carrying resource: (ResourceReference) -> CarriedResource? = { _ in nil }
    ) {
        gaps = results.filter { result in GapsStatus(result.state).map(statuses.contains) ?? false }
        guard !gaps.isEmpty else { return nil }
        self.context = context
        self.patient = patient
        let subject = ResourceReference(type: "Patient", id: patient)
        let evidence = Set(gaps.flatMap(\.evidence).compactMap(Self.reference)).subtracting([subject])
        carried = ([subject] + evidence.sorted()).compactMap(resource)
    }

    /// `Type/id` taken apart.
    private static func reference(_ text: String) -> ResourceReference? {
        let parts = text.split(separator: "/", maxSplits: 1)
        return parts.count == 2 ? ResourceReference(type: String(parts[0]), id: String(parts[1])) : nil
    }

    /// The Bundle as JSON.
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// Writes the Bundle.
    public func write(to writer: inout JSONWriter) {
        writer.object { bundle in
            bundle.member("resourceType", string: "Bundle")
            bundle.member("type", string: "document")
            bundle.member("identifier") {
                $0.object { identifier in
                    identifier.member("system", string: "urn:ietf:rfc:3986")
                    identifier.member("value", string: "urn:uuid:\(id("bundle", ""))")
                }
            }
            bundle.member("timestamp", string: context.asOf.description)
            bundle.member("entry") {
                $0.array { entries in
                    entries.element { entry(id("composition", ""), to: &$0) { composition(to: &$0) } }
                    for gap in gaps {
                        entries.element { entry(id("issue", gap.rule), to: &$0) { issue(gap, to: &$0) } }
                        guard let body = report(gap) else { continue }
                        entries.element {
                            entry(body.id(of: patient), to: &$0) { body.write(to: &$0, subject: patient, evidence: gap.evidence) }
                        }
                    }
                    for resource in carried {
                        entries.element {
                            $0.object { entry in
                                entry.member("fullUrl", string: resource.fullURL)
                                entry.member("resource") { $0.raw(resource.json) }
                            }
                        }
                    }
                }
            }
        }
    }

    private func report(_ gap: CareGapResult) -> MeasureReportBody? {
        MeasureReportBody(context: context, .individual, groups: [MeasureGroup(gap)])
    }

    private func reportID(_ gap: CareGapResult) -> String { report(gap)?.id(of: patient) ?? "" }

    private func entry(_ id: String, to writer: inout JSONWriter, _ resource: (inout JSONWriter) -> Void) {
        writer.object { entry in
            entry.member("fullUrl", string: "urn:uuid:\(id)")
            entry.member("resource", resource)
        }
    }

    private func composition(to writer: inout JSONWriter) {
        writer.object { object in
            object.member("resourceType", string: "Composition")
            object.member("id", string: id("composition", ""))
            object.member("status", string: "final")
            object.member("type") { $0.concept("http://loinc.org", "96315-7") }
            object.member("subject") { $0.object { $0.member("reference", string: "Patient/\(patient)") } }
            object.member("date", string: context.asOf.description)
            object.member("author") { $0.array { list in list.element { $0.object { $0.member("display", string: context.edition.program) } } } }
            object.member("title", string: "Gaps in care")
            object.member("section") {
                $0.array { sections in
                    for gap in gaps {
                        sections.element {
                            $0.object { section in
                                section.member("title", string: gap.rule)
                                section.member("focus") {
                                    $0.object { $0.member("reference", string: "urn:uuid:\(reportID(gap))") }
                                }
                                section.member("entry") {
                                    $0.array { list in
                                        list.element { $0.object { $0.member("reference", string: "urn:uuid:\(id("issue", gap.rule))") } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private func issue(_ gap: CareGapResult, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("resourceType", string: "DetectedIssue")
            object.member("id", string: id("issue", gap.rule))
            object.member("modifierExtension") {
                $0.array { list in
                    list.element {
                        $0.object { status in
                            status.member("url", string: "http://hl7.org/fhir/us/davinci-deqm/StructureDefinition/extension-gapStatus")
                            status.member("valueCodeableConcept") {
                                $0.concept("http://hl7.org/fhir/us/davinci-deqm/CodeSystem/gaps-status", GapsStatus(gap.state)?.rawValue ?? "")
                            }
                        }
                    }
                }
            }
            object.member("status", string: "final")
            object.member("code") { $0.concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", "CAREGAP") }
            object.member("patient") { $0.object { $0.member("reference", string: "Patient/\(patient)") } }
            object.member("evidence") {
                $0.array { list in
                    list.element {
                        $0.object { evidence in
                            evidence.member("detail") {
                                $0.array { details in
                                    details.element { $0.object { $0.member("reference", string: "urn:uuid:\(reportID(gap))") } }
                                }
                            }
                        }
                    }
                }
            }
            object.member("detail", string: gap.reason)
        }
    }

    private func id(_ what: String, _ rule: String) -> String {
        Digest(of: [what, patient, rule, context.asOf.description, context.edition.rules, context.edition.knowledge]
            .joined(separator: "\n")).uuid
    }
}
