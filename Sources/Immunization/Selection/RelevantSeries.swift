import Clinical
import Knowledge

/// The series of an antigen that concern a patient.
///
/// - Source: CDSi Logic Specification 4.6, chapter 5, tables 5-4 and 5-5.
enum RelevantSeries {
    static func select(_ antigen: AntigenSchedule, _ patient: ImmunizationHistory, today: CivilDate) -> [AntigenSeries] {
        antigen.series.filter { series in
            // Series for women are those of patients whose sex is not known, too.
            guard series.sex == nil || (series.sex == .male) == (patient.sex == .male) else { return false }
            guard series.kind == .risk else { return true }
            return series.indications.contains { indication in
                patient.observations.keys.contains(indication.observation)
                    && AgeSpan(begin: indication.beginAge, end: indication.endAge).contains(today, bornOn: patient.birthDate)
            }
        }
    }
}
