import Clinical
import Engine
import Knowledge

/// Orders that repeat what the patient takes already, and the record as it was when that was last ordered.
///
/// A prescriber has mostly been warned of a combination before its renewal. What was said then, and rests on the same evidence,
/// is said again without interrupting: ``Finding/standing(since:)``.
///
/// - Source: Weingart et al. Arch Intern Med 2003;163:2625-31: alerts at renewals were overridden with an odds ratio of 17.7
///   against those at new prescriptions; systems "should suppress alerts for renewals of medication combinations that
///   patients currently tolerate". docs/decisions/0024-renewals.md.
struct Renewal {
    /// An older order is no evidence that the drug is still taken: for so long can most prescriptions be filled.
    private static let reach = TimeSpan(amount: 12, unit: .months)

    /// The day on which the last of the drugs was ordered before.
    let day: CivilDate
    /// What was ordered on that day.
    private let earlier: [Medication]
    private let renewed: Set<ResourceReference>
    private let asOf: AsOf

    /// Nothing where one of the orders is new, has changed, or was last given so long ago that nobody knows whether it is taken.
    init?(of orders: [ResourceReference], in snapshot: Snapshot, asOf: AsOf, drug: (Medication) -> [Int]?) {
        let drafts = snapshot.orders.filter { orders.contains($0.reference) }
        guard !drafts.isEmpty, drafts.count == Set(orders).count else { return nil }
        var found: [(day: CivilDate, order: Medication)] = []
        for draft in drafts {
            guard let key = drug(draft) else { return nil }
            let known = snapshot.medications.compactMap { entry -> (day: CivilDate, order: Medication)? in
                guard entry.source == .request, entry.use == .current, !entry.isReported, entry.reference != draft.reference,
                    let day = entry.authored?.date(in: asOf.zone), day < asOf.today, day.adding(Self.reach) >= asOf.today,
                    draft.repeats(entry), key == drug(entry)
                else { return nil }
                return (day, entry)
            }
            guard let last = known.max(by: { ($0.day, $1.order.reference) < ($1.day, $0.order.reference) }) else { return nil }
            found.append(last)
        }
        guard let day = found.map(\.day).max() else { return nil }
        self.day = day
        self.asOf = asOf
        earlier = found.filter { $0.day == day }.map(\.order)
        renewed = Set(drafts.map(\.reference))
    }

    /// The instant at which the record is looked at again: noon of the day.
    var then: AsOf {
        let noon = PartialDate(day).instants(in: asOf.zone).lowerBound.milliseconds + 43_200_000
        return AsOf(instant: Instant(milliseconds: noon), zone: asOf.zone)
    }

    /// The record as it was then, with what was ordered; twice where it is not known whether something had ended by then.
    ///
    /// What has no date may have come since, and so may a result or a problem of the day itself: neither counts.
    func records(of snapshot: Snapshot) -> [Snapshot] {
        let ended = past(snapshot, undatedEndsAreOver: true)
        let hasUndated = snapshot.medications.contains { $0.use == .ended && $0.ended == nil }
            || snapshot.conditions.contains { $0.standing == .past && $0.abated == nil }
        return hasUndated ? [ended, past(snapshot, undatedEndsAreOver: false)] : [ended]
    }

    private func past(_ snapshot: Snapshot, undatedEndsAreOver: Bool) -> Snapshot {
        var past = snapshot
        past.orders = earlier
        let own = renewed.union(earlier.map(\.reference))
        past.medications = snapshot.medications.compactMap { entry in
            guard !own.contains(entry.reference), let begun = entry.started ?? entry.authored, !isAfter(begun) else { return nil }
            var entry = entry
            if entry.use == .ended, entry.ended.map({ !isBefore($0) }) ?? !undatedEndsAreOver {
                entry.use = .current
                entry.ended = nil
            }
            return entry
        }
        past.conditions = snapshot.conditions.compactMap { condition in
            guard let known = condition.recorded ?? condition.onset, isBefore(known) else { return nil }
            var condition = condition
            if condition.standing == .past, condition.abated.map({ !isBefore($0) }) ?? !undatedEndsAreOver {
                condition.standing = .active
                condition.abated = nil
            }
            return condition
        }
        past.observations = snapshot.observations.filter { observation in
            guard let effective = observation.effective, let last = effective.end ?? effective.start, isBefore(last) else { return false }
            return observation.issued.map { $0.date(in: asOf.zone) < day } ?? true
        }
        past.allergies = snapshot.allergies.filter { $0.recorded.map(isBefore) ?? false }
        past.procedures = snapshot.procedures.filter { ($0.performed?.end ?? $0.performed?.start).map(isBefore) ?? false }
        past.immunizations = snapshot.immunizations.filter { $0.occurred.map(isBefore) ?? false }
        past.familyHistory = []
        past.serviceRequests = snapshot.serviceRequests.filter { !$0.isDraft && ($0.authored.map(isBefore) ?? false) }
        past.encounters = snapshot.encounters.compactMap { encounter in
            guard let start = encounter.period?.start, !isAfter(start) else { return nil }
            var encounter = encounter
            if encounter.status == "finished", let end = encounter.period?.end, !isBefore(end) { encounter.status = "in-progress" }
            return encounter
        }
        return past
    }

    /// Surely on an earlier day.
    private func isBefore(_ date: PartialDate) -> Bool { date.days(in: asOf.zone).upperBound < day }

    /// Perhaps on a later day.
    private func isAfter(_ date: PartialDate) -> Bool { date.days(in: asOf.zone).upperBound > day }
}

extension Medication {
    /// True where the same product is ordered in the same dose, or neither tells one.
    fileprivate func repeats(_ other: Medication) -> Bool {
        guard ingredients == other.ingredients, dosages.map(\.regimen) == other.dosages.map(\.regimen), !isToldInWordsOnly
        else { return false }
        if code.isUncoded, other.code.isUncoded { return !ingredients.isEmpty }
        return !Set(code.codings).isDisjoint(with: other.code.codings)
    }

    /// Words may tell another dose; nobody reads them.
    private var isToldInWordsOnly: Bool {
        dosages.contains { $0.hasText && $0.dose == nil && $0.rate == nil }
    }
}

extension Dosage {
    /// How much and how often, without the days on which.
    fileprivate var regimen: Dosage {
        var regimen = self
        regimen.hasText = false
        regimen.timing?.bounds = nil
        regimen.timing?.events = []
        return regimen
    }
}
