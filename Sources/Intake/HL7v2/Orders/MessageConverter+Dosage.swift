import Clinical
import Documents

extension MessageConverter {
    /// The steps of a dosage: each timing with the dose, the rate and the route.
    ///
    /// What is dispensed is an amount and no dose; of a dispense the dose is that of its order.
    ///
    /// - Source: maps of RXO, RXE, RXR and TQ1 to Dosage.
    mutating func dosages(_ part: OrderGroup.Part, _ fields: MedicineFields, _ role: OrderPhase, in group: OrderGroup) -> [JSONValue] {
        if case .dispense = role {
            guard let order = group.part("RXE") ?? group.part("RXO"), let fields = MedicineFields(order.segment.id) else { return [] }
            return dosages(order, fields, .request(.active), in: group)
        }
        let segment = part.segment
        let amount: (name: String, value: JSONValue)? = if let high = fields.high {
            self.amount(low: fields.low, high: high, unit: fields.unit, segment)
        } else {
            quantity(segment[fields.low].component(1), segment[fields.unit], segment, fields.low).map { ("doseQuantity", $0) }
        }
        let rate = fields.rate.flatMap { quantity(segment[$0.amount].component(1), segment[$0.unit], segment, $0.amount) }
        let doseAndRate = JSONValue.compact([(amount?.name ?? "doseQuantity", amount?.value), ("rateQuantity", rate)])
        let words = fields.instruction.flatMap { field in segment.field(field).repetitions.first.flatMap { $0.component(2).text ?? $0.component(1).text } }
        let route = route(part.routes.isEmpty && segment.id == "RXE" ? group.part("RXO")?.routes ?? [] : part.routes)
        let stop = stop(of: group, role)
        var timings = timings(part, in: group, quantityTiming: fields.quantityTiming)
        if timings.isEmpty { timings = [OrderTiming()] }
        var sequence = 1
        return timings.compactMap { timing in
            let step = JSONValue.compact([
                ("sequence", timings.count > 1 ? .int(sequence) : nil), ("text", .text(words ?? timing.instruction)),
                ("timing", timing.timing(endedOn: stop)), ("asNeededBoolean", timing.isAsNeeded ? true : nil), ("route", route),
                ("doseAndRate", doseAndRate == .object([]) ? nil : .array([doseAndRate])),
            ])
            if timing.isFollowed { sequence += 1 }
            return step == .object([]) ? nil : step
        }
    }

    /// The same steps with the amount of a component in the place of the dose.
    mutating func dosages(of component: HL7Segment, _ dosages: [JSONValue]) -> [JSONValue] {
        let dose = quantity(component[3].component(1), component[4], component, 3)
        return dosages.map { step in
            var step = step
            step["doseAndRate"] = dose.map { .array([.object([("doseQuantity", $0)])]) }
            return step
        }
    }

    /// When an order that is stopped ends: from when on its control says so, else when that was sent.
    private mutating func stop(of group: OrderGroup, _ role: OrderPhase) -> String? {
        guard case .request(.stopped) = role, let control = group.control else { return nil }
        return (time(control, 15) ?? time(control, 9))?.text
    }

    /// RXR: the route. Several are a choice, so that it is not known which.
    ///
    /// - Source: map of RXR to Dosage; table 0162.
    mutating func route(_ routes: [HL7Segment]) -> JSONValue? {
        let concepts = routes.compactMap { concept($0[1], $0, 1, table: ("0162", RouteCodes.words)) }
        guard let first = concepts.first else { return nil }
        guard concepts.allSatisfy({ $0 == first }) else {
            note(routes[0], 1, "several routes to choose from; the route is not known")
            return nil
        }
        return first
    }

    // MARK: What was given

    /// RXA: a vaccine, or another medicine.
    mutating func readGiven(_ part: OrderGroup.Part, in group: OrderGroup) {
        let isVaccine = ["VXU", "VXR", "VXX", "RSP"].contains(message.code) || part.segment[5].component(3).text?.uppercased() == "CVX"
            || part.segment[5].component(6).text?.uppercased() == "CVX"
        if isVaccine { readVaccination(part.segment) } else { readMedicine(part, as: .administration, in: group) }
    }

    /// - Source: map of RXA to Immunization; tables 0322 and 0323; CVX 998, "no vaccine administered", only carries observations.
    private mutating func readVaccination(_ dose: HL7Segment) {
        if dose.text(5) == "998" { return }
        guard let vaccine = concept(dose, 5) else { return note(dose, 5, "it does not say which vaccine; left out") }
        let completion = dose.text(20)?.uppercased()
        let status: String = switch (dose.text(21)?.uppercased(), completion) {
        case ("D", _): "entered-in-error"
        case (_, "RE"), (_, "NA"): "not-done"
        default: "completed"
        }
        if completion == "PA" { note(dose, 20, "given in part; no valid dose") }
        // NIP001: 00 is a new record, all others come from elsewhere.
        let isHistorical = dose[9].component(1).text.map { $0 != "00" && Int($0) != nil }
        add(
            "Immunization", id: id("Immunization"), .immunizations,
            [
                ("status", .string(status)), ("vaccineCode", vaccine), ("patient", subject), ("occurrenceDateTime", date(dose, 3)),
                ("primarySource", isHistorical.map { .bool(!$0) }), ("lotNumber", .text(dose.text(15))),
                ("isSubpotent", completion == "PA" ? true : nil),
            ])
    }

    /// - Source: map of RXA to MedicationAdministration; table 0322.
    mutating func addAdministration(_ medicine: [(String, JSONValue?)], _ dosages: [JSONValue], _ dose: HL7Segment) {
        let status: String = switch (dose.text(21)?.uppercased(), dose.text(20)?.uppercased()) {
        case ("D", _): "entered-in-error"
        case (_, "RE"), (_, "NA"): "not-done"
        default: "completed"
        }
        let start = date(dose, 3), end = date(dose, 4)
        let period = end.map { JSONValue.compact([("start", start), ("end", $0)]) }
        // FHIR has a dose here that is no step of anything.
        var dosage: [(String, JSONValue?)] = [("route", dosages.first?["route"])]
        if let given = dosages.first?["doseAndRate"]?[0]?["doseQuantity"], given["value"] != .number("999") { dosage.append(("dose", given)) }
        add(
            "MedicationAdministration", id: id("MedicationAdministration"), .medications,
            medicine + [
                ("status", .string(status)), ("subject", subject), ("effectiveDateTime", period == nil ? start : nil), ("effectivePeriod", period),
                ("dosage", .compact(dosage)),
            ])
    }
}
