import Clinical
import Knowledge
import Testing

@testable import Engine

/// A few drugs and a patient, for judging meetings and doses without a rule file.
enum World {
    static let warfarin = 11289
    static let ibuprofen = 5640
    static let metformin = 6809

    static let knowledge: KnowledgeBase = {
        var tables = KnowledgeTables(version: KnowledgeVersion(name: "test.1"))
        tables.ingredients = [
            IngredientRow(rxcui: warfarin, name: "warfarin"), IngredientRow(rxcui: ibuprofen, name: "ibuprofen"),
            IngredientRow(rxcui: metformin, name: "metformin"),
        ]
        tables.ingredientSets = [[metformin], [ibuprofen]]
        tables.doseForms = ["Oral Tablet", "Oral Suspension"]
        tables.products = [
            ProductRow(rxcui: 861007, termType: .clinicalDrug, name: "metformin hydrochloride 500 MG Oral Tablet", ingredientSet: 0, strength: "500 MG", doseForm: 0, brand: ""),
            ProductRow(rxcui: 197803, termType: .clinicalDrug, name: "ibuprofen 20 MG/ML Oral Suspension", ingredientSet: 1, strength: "20 MG/ML", doseForm: 1, brand: ""),
        ]
        do {
            return try KnowledgeBase(tables)
        } catch {
            fatalError("the tables of this test are wrong: \(error)")
        }
    }()

    static func concept(_ rxcui: Int) -> CodeableConcept {
        CodeableConcept(codings: [Coding(system: .rxNorm, code: "\(rxcui)")])
    }

    static func asOf(_ day: String = "2026-01-15") throws -> AsOf { try #require(AsOf("\(day)T12:00:00Z")) }

    static func order(_ rxcui: Int, id: String = "draft", dosages: [Dosage] = []) -> Medication {
        Medication(reference: ResourceReference(type: "MedicationRequest", id: id), source: .request, use: .drafted, code: concept(rxcui), dosages: dosages)
    }

    static func listed(_ rxcui: Int, id: String = "listed", use: Medication.Use = .current, ended: String? = nil) -> Medication {
        Medication(
            reference: ResourceReference(type: "MedicationRequest", id: id), source: .request, use: use, code: concept(rxcui),
            ended: ended.flatMap { PartialDate($0) })
    }

    static func unit(_ text: String) throws -> Unit { try Unit(text: text) }
}
