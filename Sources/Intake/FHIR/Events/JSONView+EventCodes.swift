import Documents

extension JSONView {
    /// True for an observation that has one of the codes, or of which a component has.
    func isObservation(coded codes: CodeFilter) -> Bool {
        isCoded(codes) || (self["component"]?.holdsComponent(coded: codes) ?? false)
    }

    /// False for an observation that bears no code of a system in which rules look for results.
    var saysWhatWasObserved: Bool {
        let codings = self["code"]?["coding"]?.repetitions
        return codings?.contains { coding in
            coding["code"] != nil && (coding["system"].map { $0.equals("http://loinc.org") || $0.equals("http://snomed.info/sct") } ?? false)
        } ?? false
    }

    /// True for a concept that has codes, all of them of systems in which a code is looked for as it stands.
    var isPlainlyCoded: Bool {
        guard let codings = self["coding"]?.repetitions else { return false }
        var isCoded = false
        for coding in codings {
            isCoded = true
            guard let system = coding["system"], Self.plainSystems.contains(where: { system.equals($0) }) else { return false }
        }
        return isCoded
    }

    private static let plainSystems: [StaticString] = ["http://snomed.info/sct", "http://loinc.org", "http://www.ama-assn.org/go/cpt"]

    /// True for components of which one has one of the codes.
    func holdsComponent(coded codes: CodeFilter) -> Bool { repetitions.contains { $0.isCoded(codes) } }

    private func isCoded(_ codes: CodeFilter) -> Bool {
        guard let codings = self["code"]?["coding"] else { return false }
        return codings.repetitions.contains { $0["code"].map(codes.holds) ?? false }
    }

    /// True for a concept that has one of the codes, or an extension, which may say by a code what was not done.
    func bears(_ codes: CodeFilter) -> Bool {
        for (key, value) in members {
            switch ElementName(key) {
            case .coding: if value.repetitions.contains(where: { $0["code"].map { codes.holds($0) || $0.hasBlankEnd } ?? false }) { return true }
            case .extension: return true
            default: break
            }
        }
        return false
    }

    /// True for a string that begins or ends with a blank, which does not count.
    private var hasBlankEnd: Bool {
        let bytes = rawBytes
        return bytes.count > 2 && (bytes[1] <= 0x20 || bytes[bytes.count - 2] <= 0x20)
    }
}
