import Clinical
import Immunization
import Knowledge
import Testing

/// Every group of vaccines of the routine schedules, with what they say of the next dose.
///
/// - Source: CDC, Child and Adolescent Immunization Schedule with its catch-up table, and Adult Immunization Schedule (ACIP);
///   minimum ages and intervals: ACIP General Best Practice Guidelines, table 3-2. The days are counted by hand.
struct GroupForecastTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let words: String
        let group: String
        let born: String
        let doses: [(day: String, cvx: String)]
        let today: String
        let status: SeriesForecast.Status
        var dose: Int?
        var earliest: String?
        var recommended: String?

        init(
            _ words: String, _ group: String, born: String, _ doses: [(day: String, cvx: String)] = [], on today: String,
            _ status: SeriesForecast.Status = .notComplete, _ dose: Int? = nil, _ earliest: String? = nil, _ recommended: String? = nil
        ) {
            self.words = words
            self.group = group
            self.born = born
            self.doses = doses
            self.today = today
            self.status = status
            self.dose = dose
            self.earliest = earliest
            self.recommended = recommended
        }

        var testDescription: String { words }
    }

    static let infants = [
        Case("DTaP from 6 weeks, at 2 months", "DTaP", born: "2024-01-15", on: "2024-02-01", .notComplete, 1, "2024-02-26", "2024-03-15"),
        Case(
            "DTaP 2 four weeks later, at 4 months", "DTaP", born: "2024-01-15", [("2024-03-15", "20")], on: "2024-04-01", .notComplete, 2,
            "2024-04-12", "2024-05-15"),
        Case(
            "DTaP at 5 weeks does not count", "DTaP", born: "2024-01-15", [("2024-02-19", "20")], on: "2024-04-01", .notComplete, 1,
            "2024-02-26", "2024-03-15"),
        Case(
            "polio 3 at 6 months", "Polio", born: "2024-01-15", [("2024-03-15", "10"), ("2024-05-15", "10")], on: "2024-06-01",
            .notComplete, 3, "2024-06-12", "2024-07-15"),
        Case("hepatitis B at birth", "HepB", born: "2024-01-15", on: "2024-01-15", .notComplete, 1, "2024-01-15", "2024-01-15"),
        Case("Hib from 6 weeks, at 2 months", "Hib", born: "2024-01-15", on: "2024-02-01", .notComplete, 1, "2024-02-26", "2024-03-15"),
        Case("no Hib from 5 years", "Hib", born: "2019-01-01", on: "2026-01-01", .agedOut),
        Case("PCV from 6 weeks, at 2 months", "Pneumococcal", born: "2024-01-15", on: "2024-02-01", .notComplete, 1, "2024-02-26", "2024-03-15"),
        Case("rotavirus from 6 weeks, at 2 months", "Rotavirus", born: "2024-01-15", on: "2024-02-01", .notComplete, 1, "2024-02-26", "2024-03-15"),
        Case("rotavirus is not begun from 15 weeks", "Rotavirus", born: "2024-01-15", on: "2024-06-01", .agedOut),
        Case("MMR from 12 months", "MMR", born: "2024-01-15", on: "2024-06-01", .notComplete, 1, "2025-01-15", "2025-01-15"),
        Case(
            "MMR 2 from 13 months, at 4 years", "MMR", born: "2024-01-15", [("2025-01-15", "03")], on: "2025-02-01", .notComplete, 2,
            "2025-02-15", "2028-01-15"),
        Case(
            "varicella 2 three months later, at 4 years", "Varicella", born: "2024-01-15", [("2025-01-15", "21")], on: "2025-02-01",
            .notComplete, 2, "2025-04-15", "2028-01-15"),
        Case(
            "hepatitis A 2 six months later", "HepA", born: "2024-01-15", [("2025-01-15", "83")], on: "2025-02-01", .notComplete, 2,
            "2025-07-15", "2025-07-15"),
        Case("influenza from 6 months", "Influenza", born: "2025-06-01", on: "2025-11-21", .notComplete, 1, "2025-12-01", "2025-12-01"),
    ]

    static let others = [
        Case("HPV from 9 years, at 11", "HPV", born: "2013-01-15", on: "2023-02-01", .notComplete, 1, "2022-01-15", "2024-01-15"),
        Case(
            "HPV 2 of those who begin before 15", "HPV", born: "2013-01-15", [("2024-02-01", "165")], on: "2024-03-01", .notComplete, 2,
            "2024-07-01", "2024-08-01"),
        Case(
            "two are enough before 15", "HPV", born: "2013-01-15", [("2024-02-01", "165"), ("2024-08-01", "165")], on: "2024-09-01", .complete),
        Case(
            "HPV 2 of those who begin at 15", "HPV", born: "2008-01-15", [("2024-02-01", "165")], on: "2024-02-10", .notComplete, 2,
            "2024-02-29", "2024-02-29"),
        Case("MenACWY at 11", "Meningococcal", born: "2013-01-15", on: "2023-02-01", .notComplete, 1, "2024-01-15", "2024-01-15"),
        Case(
            "MenACWY again at 16", "Meningococcal", born: "2013-01-15", [("2024-02-01", "136")], on: "2024-03-01", .notComplete, 2,
            "2029-01-15", "2029-01-15"),
        Case(
            "MenB 2 six months after the first", "Meningococcal B", born: "2008-01-15", [("2025-02-01", "163")], on: "2025-03-01",
            .notComplete, 2, "2025-08-01", "2025-08-01"),
        Case(
            "tetanus every ten years", "DTaP", born: "1980-01-15", [("2015-01-10", "115"), ("2015-02-10", "113"), ("2015-08-10", "113")],
            on: "2024-01-01", .notComplete, 4, nil, "2025-08-10"),
        Case("zoster at 50", "Zoster", born: "1970-01-15", on: "2019-01-01", .notComplete, 1, "2020-01-15", "2020-01-15"),
        Case(
            "zoster 2 after two months", "Zoster", born: "1970-01-15", [("2025-02-01", "187")], on: "2025-02-10", .notComplete, 2,
            "2025-03-01", "2025-03-29"),
        Case(
            "two of zoster are enough", "Zoster", born: "1970-01-15", [("2025-02-01", "187"), ("2025-04-01", "187")], on: "2025-05-01", .complete),
        Case("PCV20 alone is enough", "Pneumococcal", born: "1970-01-15", [("2025-02-01", "216")], on: "2025-05-01", .complete),
        Case("pneumococcal at 50", "Pneumococcal", born: "1970-01-15", on: "2021-01-01", .notComplete, 1, "2020-01-15", "2020-01-15"),
        Case("RSV once, from 75", "RSV", born: "1945-01-15", [("2024-09-01", "305")], on: "2025-05-01", .complete),
    ]

    @Test(arguments: infants + others) func forecast(_ one: Case) throws {
        let found = try forecast(one.group, born: one.born, one.doses, on: one.today).forecast
        #expect(found.status == one.status)
        #expect(found.dose == one.dose)
        if let earliest = one.earliest { #expect(found.earliest?.description == earliest) }
        #expect(found.recommended?.description == one.recommended)
    }

    /// - Source: ACIP General Best Practice Guidelines: live vaccines on one day, or 28 days apart.
    @Test(arguments: [("2025-01-15", true), ("2025-02-11", false), ("2025-02-12", true)])
    func liveVaccinesKeepTheirDistance(_ day: String, isValid: Bool) throws {
        let found = try forecast("MMR", born: "2024-01-15", [("2025-01-15", "21"), (day, "03")], on: "2025-03-01")
        let evaluation = try #require(found.doses.first { $0.dose.cvx == "03" }?.evaluation)
        #expect((evaluation.status == .valid) == isValid)
        #expect(evaluation.reasons.contains(.conflict) == !isValid)
    }

    @Test func aDoseThatIsTooEarlySaysSo() throws {
        let found = try forecast("DTaP", born: "2024-01-15", [("2024-02-19", "20")], on: "2024-04-01")
        let evaluation = try #require(found.doses.first?.evaluation)
        #expect(evaluation.status == .notValid)
        #expect(evaluation.reasons.contains(.tooYoung))
    }

    /// Four days of grace, and not a day more.
    @Test(arguments: [("2025-01-11", true), ("2025-01-10", false)])
    func grace(_ day: String, isValid: Bool) throws {
        let found = try forecast("MMR", born: "2024-01-15", [(day, "03")], on: "2025-03-01")
        #expect((found.doses.first?.evaluation?.status == .valid) == isValid)
    }

    private func forecast(
        _ name: String, born: String, _ doses: [(day: String, cvx: String)], on today: String
    ) throws -> VaccineGroupForecast {
        let schedule = try RepositoryKnowledge.base().immunizations
        let given = try doses.enumerated().map { number, dose in
            ImmunizationHistory.Dose(
                reference: ResourceReference(type: "Immunization", id: "\(number)"), day: try #require(CivilDate(dose.day)), cvx: dose.cvx)
        }
        let history = ImmunizationHistory(birthDate: try #require(CivilDate(born)), sex: .female, doses: given)
        return ImmunizationForecaster(schedule).forecast(
            try #require(schedule.group(named: name)), history, on: try #require(CivilDate(today)))
    }
}
