public import Clinical
public import Documents
import Knowledge

/// Tells a story in FHIR R4, as a record system would send it: what is on record, and the draft orders.
///
/// Equal stories give equal bytes. Resources are numbered in the order of the story: `order-1`, `problem-2` …
/// Nothing is told that the story does not say; a medicine without a date has none.
public struct StoryWriter {
    public let story: PatientStory
    /// The id of the Patient that everything is about.
    public let patientID: String

    public init(_ story: PatientStory, patientID: String = "patient-1") {
        self.story = story
        self.patientID = patientID
    }

    /// A collection Bundle of everything on record. It has a Patient unless the story has its own record file.
    public func record() -> JSONValue {
        var resources: [JSONValue] = []
        if story.recordFile == nil { resources.append(patient()) }
        resources += numbered(story.taking, "medication", medication)
        resources += numbered(story.allergies, "allergy", allergy)
        resources += numbered(story.problems, "problem", condition)
        resources += numbered(story.labs, "result", result)
        resources += vitals()
        resources += numbered(story.procedures, "procedure", procedure)
        resources += numbered(story.vaccines, "vaccine", immunization)
        resources += numbered(story.familyHistory, "relative", familyMemberHistory)
        resources += numbered(story.settings, "encounter", encounter)
        return Self.bundle(resources)
    }

    /// A collection Bundle of the orders being written, as `context.draftOrders` has them.
    public func draftOrders() -> JSONValue {
        Self.bundle(numbered(story.ordering, "order", draftOrder) + numbered(story.orderingTests, "test", draftTest))
    }

    /// The ids of the draft orders, `MedicationRequest/order-1` …
    public var orderReferences: [ResourceReference] {
        story.ordering.indices.map { ResourceReference(type: "MedicationRequest", id: "order-\($0 + 1)") }
    }

    private func numbered<Item>(_ items: [Item], _ name: String, _ write: (Item, String) -> JSONValue) -> [JSONValue] {
        items.enumerated().map { write($0.element, "\(name)-\($0.offset + 1)") }
    }

    private static func bundle(_ resources: [JSONValue]) -> JSONValue {
        .compact([
            ("resourceType", "Bundle"), ("type", "collection"),
            ("entry", .array(resources.map { .object([("resource", $0)]) })),
        ])
    }
}

// MARK: The patient

extension StoryWriter {
    private func patient() -> JSONValue {
        .compact([
            ("resourceType", "Patient"), ("id", .string(patientID)),
            ("gender", .optional(story.sex?.rawValue)), ("birthDate", .date(story.born)),
        ])
    }

    /// Weight, height and pregnancy, as of today.
    private func vitals() -> [JSONValue] {
        let today = PartialDate(story.today)
        var resources: [JSONValue] = []
        if let weight = story.weight {
            resources.append(observation("weight", Self.loinc("29463-7", "Body weight"), .quantity(weight), today))
        }
        if let height = story.height {
            resources.append(observation("height", Self.loinc("8302-2", "Body height"), .quantity(height), today))
        }
        if let isPregnant = story.isPregnant {
            resources.append(
                observation(
                    "pregnancy", Self.loinc("82810-3", "Pregnancy status"), .concept(Self.pregnancyAnswer(isPregnant)), today))
        }
        return resources
    }

    /// - Source: US Core Pregnancy Status profile; LOINC 82810-3 and its answer list LL4129-4.
    private static func pregnancyAnswer(_ isPregnant: Bool) -> CodeableConcept {
        isPregnant
            ? CodeableConcept(codings: [
                Coding(system: .snomedCT, code: "77386006", display: "Pregnant"), loinc("LA15173-0", "Pregnant"),
            ])
            : CodeableConcept(codings: [
                Coding(system: .snomedCT, code: "60001007", display: "Not pregnant"), loinc("LA26683-5", "Not pregnant"),
            ])
    }

    private static func loinc(_ code: String, _ display: String) -> Coding {
        Coding(system: .loinc, code: code, display: display)
    }

    /// `subject` or `patient` of every other resource.
    var subject: JSONValue { .object([("reference", .string("Patient/\(patientID)"))]) }
}
