import Clinical
import Immunization
import Testing

/// What of a record becomes a history, and what makes that there is none.
struct ImmunizationHistoryTests {
    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    private func record(
        born: PartialDate?, _ entries: [(id: String, cvx: String?, day: PartialDate?)] = [], supply: Supply = .complete
    ) -> Snapshot {
        let immunizations = entries.map { entry in
            Immunization(
                reference: ResourceReference(type: "Immunization", id: entry.id),
                vaccine: CodeableConcept(codings: entry.cvx.map { [Coding(system: .cvx, code: $0)] } ?? []), occurred: entry.day)
        }
        return Snapshot(patient: Patient(birthDate: born), immunizations: immunizations, supplied: [.immunizations: supply])
    }

    private func history(_ record: Snapshot) throws -> ImmunizationHistory {
        try ImmunizationHistory(record, asOf: try #require(AsOf("2026-01-15")))
    }

    @Test func dosesAreInTheOrderOfTheirDays() throws {
        let found = try history(
            record(
                born: PartialDate(day("2024-01-15")),
                [("c", "10", PartialDate(day("2024-05-15"))), ("a", "10", PartialDate(day("2024-03-15"))), ("b", "3", PartialDate(day("2024-03-15")))]))
        #expect(found.doses.map(\.reference.id) == ["a", "b", "c"])
        #expect(found.doses.map(\.cvx) == ["10", "03", "10"])
        #expect(found.unused == [])
    }

    @Test func anEmptyListThatWasSuppliedIsAHistory() throws {
        #expect(try history(record(born: PartialDate(day("2024-01-15")))).doses == [])
    }

    @Test func nothingIsForecastFromNothing() throws {
        let born = PartialDate(try day("2024-01-15"))
        #expect(throws: HistoryProblem.noBirthDate) { try history(record(born: nil)) }
        #expect(throws: HistoryProblem.notSupplied) { try history(record(born: born, supply: .notSupplied)) }
        #expect(throws: HistoryProblem.notSupplied) { try history(record(born: born, supply: .partial(why: "a page is missing"))) }
        let month = PartialDate(days: try day("2024-01-01")...day("2024-01-31"))
        #expect(throws: HistoryProblem.vagueBirthDate) { try history(record(born: month)) }
    }

    @Test func whatCannotBeCountedIsKeptWithItsReason() throws {
        let found = try history(
            record(
                born: PartialDate(day("2024-01-15")),
                [
                    ("no-code", nil, PartialDate(day("2024-03-15"))), ("no-day", "10", nil),
                    ("vague", "10", PartialDate(days: day("2024-03-01")...day("2024-03-31"))),
                    ("ahead", "10", PartialDate(day("2026-02-01"))),
                ]))
        #expect(found.doses == [])
        #expect(found.unused.map(\.why) == ["it has no CVX code", "it has no date", "its day is not known", "it lies in the future"])
        #expect(found.unused.map(\.isAhead) == [false, false, false, true])
    }
}
