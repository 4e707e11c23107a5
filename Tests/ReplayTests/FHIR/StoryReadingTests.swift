import Clinical
import Documents
import Knowledge
import Testing

@testable import Replay

/// What an author tells in shorthand must come out of the production reader as what was meant.
@Suite struct StoryReadingTests {
    @Test func patient() throws {
        let patient = try Samples.snapshot("{ age: 65 y, sex: female }").patient
        #expect(patient.birthDate == (try Samples.date("1961-01-15")))
        #expect(patient.sex == .female)
        let nobody = try Samples.snapshot("{}").patient
        #expect(nobody.birthDate == nil)
        #expect(nobody.sex == nil)
    }

    @Test func orderWithDoseRouteAndTiming() throws {
        let snapshot = try Samples.snapshot("ordering: [cefazolin 2 g iv every 8 hours as needed for 7 days]")
        let order = try #require(snapshot.orders.first)
        #expect(snapshot.medications.isEmpty)
        #expect(order.use == .drafted)
        #expect(order.reference == ResourceReference(type: "MedicationRequest", id: "order-1"))
        #expect(order.code.codings == [Coding(system: .rxNorm, code: "2180")])
        let dosage = try #require(order.dosages.first)
        #expect(dosage.isAsNeeded)
        #expect(dosage.timing?.frequency == 1)
        #expect(dosage.timing?.period == 8)
        #expect(dosage.timing?.periodUnit == .hour)
        #expect(dosage.timing?.boundsDays == 7...7)
        #expect(dosage.dose == .quantity(try #require(Quantity("2 g"))))
        #expect(try RepositoryKnowledge.base().route(order.route, doseForm: nil) == .intravenous)
    }

    @Test func currentStoppedAndHeld() throws {
        let medications = try Samples.snapshot(
            """
            taking:
              - lisinopril 10 mg daily since 2024-03-01
              - sertraline 50 mg daily stopped 2026-01-05
              - metformin 500 mg 2x/day on hold
              - warfarin 5 mg daily stopped
              - omeprazole 20 mg daily until 2025-12-31
            """
        ).medications.sorted { $0.reference < $1.reference }
        #expect(medications.map(\.use) == [.current, .onHold, .ended, .ended, .ended])
        #expect(medications.map(\.reference.id) == ["medication-1", "medication-3", "medication-5", "medication-2", "medication-4"])
        #expect(medications[0].started == (try Samples.date("2024-03-01")))
        #expect(medications[2].ended == (try Samples.date("2025-12-31")))
        #expect(medications[3].ended == (try Samples.date("2026-01-05")))
        #expect(medications[4].ended == nil)
    }

    @Test func combinationsResolveToAllIngredients() throws {
        let knowledge = try RepositoryKnowledge.base()
        let order = try #require(try Samples.snapshot("ordering: [sulfamethoxazole/trimethoprim 1 tablet 2x/day]").orders.first)
        guard case .resolved(let drug) = knowledge.resolve(order) else {
            Issue.record("the combination is not resolved")
            return
        }
        #expect(Set(drug.ingredients.map { knowledge.ingredient($0).name }) == ["sulfamethoxazole", "trimethoprim"])
    }

    @Test func uncodedStaysUncoded() throws {
        let snapshot = try Samples.snapshot(
            "{ ordering: [uncoded herbal tea], problems: [uncoded feels faint], allergies: [uncoded some cream] }")
        #expect(snapshot.orders.map(\.code.isUncoded) == [true])
        #expect(snapshot.conditions.map(\.code.isUncoded) == [true])
        #expect(snapshot.allergies.map(\.code.isUncoded) == [true])
    }

    @Test func allergies() throws {
        let allergies = try Samples.snapshot(
            "allergies: [amoxicillin -> hives-or-rash, amoxicillin refuted, ibuprofen resolved, none known]"
        ).allergies
        #expect(allergies.map(\.standing) == [.active, .refuted, .past, .active])
        let manifestation = try #require(allergies.first?.reactions.first?.manifestations.first)
        let set = try #require(try RepositoryKnowledge.base().codeSet(.reaction, named: "hives-or-rash"))
        #expect(set.contains(manifestation))
        #expect(allergies[1].reactions.isEmpty)
        #expect(try RepositoryKnowledge.base().resolveAllergen(allergies[3].code).noneKnown)
    }

    @Test func problems() throws {
        let conditions = try Samples.snapshot(
            "problems: [asthma 2019-03-01, asthma 2001-03-01 resolved, asthma suspected, asthma refuted]"
        ).conditions
        #expect(conditions.map(\.standing) == [.active, .past, .uncertain, .refuted])
        #expect(conditions.first?.onset == (try Samples.date("2019-03-01")))
        let asthma = try #require(try RepositoryKnowledge.base().codeSet(.problem, named: "asthma"))
        for condition in conditions { #expect(asthma.contains(condition.code)) }
    }

    @Test func everyNamedSetIsReadBackAsItself() throws {
        let knowledge = try RepositoryKnowledge.base()
        let kinds: [(CodeSetKind, NameKind)] = [
            (.problem, .problem), (.procedure, .procedure), (.vaccine, .vaccine), (.reaction, .reaction), (.setting, .setting),
        ]
        for (kind, names) in kinds {
            for name in knowledge.names(of: names) {
                let stated = try NameFinder(knowledge: knowledge).codeSet(kind, name, at: nil)
                let set = try #require(knowledge.codeSet(kind, named: name))
                #expect(set.contains(CodeableConcept(codings: [stated.coding])), "\(kind.rawValue) \(name)")
            }
        }
    }

    @Test func resultsKeepDigitsUnitAndComparator() throws {
        let knowledge = try RepositoryKnowledge.base()
        let observations = try Samples.snapshot(
            "labs: [serum-potassium 5.70 mEq/L 2025-12-20, hba1c 77 mmol/mol 2025-09-10, egfr <15 mL/min/1.73m2, inr 2.5]"
        ).observations
        let values: [Quantity] = observations.compactMap { if case .quantity(let value) = $0.value { value } else { nil } }
        #expect(values.map(\.value.description) == ["5.70", "77", "15", "2.5"])
        #expect(values.map(\.comparator) == [nil, nil, .below, nil])
        for (name, value) in zip(["serum-potassium", "hba1c", "egfr", "inr"], values) {
            let lab = try #require(knowledge.lab(named: name))
            guard case .success = value.converted(to: lab.unit, as: lab.analyte) else {
                Issue.record("\(name): \(value) does not convert to \(lab.unit)")
                continue
            }
        }
        #expect(observations.first?.effective?.start == (try Samples.date("2025-12-20")))
    }

    @Test func weightHeightAndPregnancy() throws {
        let observations = try Samples.snapshot("{ weight: 80 kg, height: 175 cm, pregnant: yes }").observations
        let knowledge = try RepositoryKnowledge.base()
        #expect(observations.count == 3)
        #expect(try #require(knowledge.lab(named: "weight")).contains(observations[0].code))
        #expect(try #require(knowledge.lab(named: "height")).contains(observations[1].code))
        #expect(observations[2].code.codings == [Coding(system: .loinc, code: "82810-3")])
        guard case .code(let answer) = observations[2].value else {
            Issue.record("no answer")
            return
        }
        #expect(answer.codings.contains(Coding(system: .snomedCT, code: "77386006")))
    }

    @Test func proceduresVaccinesAndEncounters() throws {
        let knowledge = try RepositoryKnowledge.base()
        let snapshot = try Samples.snapshot("{ done: [mammogram 2023-01-10], vaccines: [ppsv23 2023-02-01], setting: [inpatient, operating-room] }")
        let procedure = try #require(snapshot.procedures.first)
        #expect(procedure.isDone)
        #expect(procedure.performed?.start == (try Samples.date("2023-01-10")))
        #expect(try #require(knowledge.codeSet(.procedure, named: "mammogram")).contains(procedure.code))
        let vaccine = try #require(snapshot.immunizations.first)
        #expect(vaccine.isValidDose)
        #expect(vaccine.occurred == (try Samples.date("2023-02-01")))
        for (name, encounter) in zip(["inpatient", "operating-room"], snapshot.encounters) {
            let set = try #require(knowledge.codeSet(.setting, named: name))
            #expect((encounter.codes + encounter.settings).contains { set.contains($0) }, "\(name)")
        }
    }

    @Test func everySectionIsSuppliedUnlessToldOtherwise() throws {
        let all = try Samples.snapshot("{}")
        for section in RecordSection.allCases { #expect(all.supply(of: section) == .complete) }
        let some = try Samples.snapshot("{ not_supplied: [labs, medications] }")
        #expect(some.supply(of: .observations) == .notSupplied)
        #expect(some.supply(of: .medications) == .notSupplied)
        #expect(some.supply(of: .conditions) == .complete)
    }

    @Test func aRecordFileIsReadBesideTheStory() throws {
        let file = #"{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p","gender":"male"}}]}"#
        var story = PatientStory(today: Samples.today, recordFile: "patient.json")
        #expect(try StoryReading.snapshot(of: story, record: Array(file.utf8), asOf: Samples.asOf).snapshot.patient.sex == .male)
        story.recordFile = nil
        #expect(throws: JSONError.self) { try StoryReading.snapshot(of: story, record: Array("{".utf8), asOf: Samples.asOf) }
    }

    @Test func equalStoriesGiveEqualBytes() throws {
        let text = "{ age: 72 y, taking: [warfarin 5 mg daily], allergies: [amoxicillin -> hives-or-rash], labs: [egfr 70 mL/min/1.73m2] }"
        #expect(StoryWriter(try Samples.story(text)).record().bytes == StoryWriter(try Samples.story(text)).record().bytes)
    }
}
