import Clinical
import Documents

extension Decision {
    /// The members of the entry as canonical JSON, from `,` to the last brace; the sequence stands before them.
    ///
    /// Equal decisions give equal bytes: members in a fixed order, absent ones left out, no blanks.
    var canonicalTail: [UInt8] {
        var writer = JSONWriter()
        writer.object { entry in
            entry.member("recorded", string: JournalTime.text(recorded))
            entry.member("asOf", string: asOf.description)
            entry.member("service", string: service)
            entry.member("hook", string: hook)
            entry.member("hookInstance", string: hookInstance)
            entry.member("client", string: client)
            entry.member("request", string: request)
            entry.member("fetched", string: fetched)
            entry.member("edition") {
                $0.object { edition in
                    edition.member("rules", string: self.edition.rules)
                    edition.member("knowledge", string: self.edition.knowledge)
                    edition.member("vigil", string: self.edition.vigil)
                }
            }
            entry.member("dialect", string: dialect)
            entry.member("response", string: response)
            entry.member("status", int: status)
            entry.member("latencyMicroseconds", int: latencyInMicroseconds)
            entry.member("patient", string: patient?.text)
            entry.member("user", string: user?.text)
            Self.list("findings", findings, in: &entry) { $0.write(to: &$1) }
            Self.list("otherCards", otherCards, in: &entry) { $1.string($0) }
            Self.list("heldBack", heldBack, in: &entry) { $1.string($0) }
            Self.list("notChecked", notChecked, in: &entry) { $0.write(to: &$1) }
            Self.list("silenced", silenced, in: &entry) { row, writer in
                writer.object {
                    $0.member("rule", string: row.rule)
                    $0.member("grade", string: row.grade)
                    if let severity = row.shadowOf { $0.member("shadowOf", string: severity) }
                    if let severity = row.muted { $0.member("muted", string: severity) }
                    if let override = row.mutedBy { $0.member("mutedBy", string: override) }
                }
            }
            Self.list("gaps", gaps, in: &entry) { $0.write(to: &$1) }
        }
        return [UInt8(ascii: ",")] + writer.bytes.dropFirst()
    }

    /// The whole entry under its sequence.
    static func canonical(sequence: Int, tail: [UInt8]) -> [UInt8] {
        Array("{\"sequence\":\(sequence)".utf8) + tail
    }

    /// Writes a member that is an array; nothing where it would be empty.
    static func list<Item>(
        _ key: String, _ items: [Item], in object: inout JSONWriter, _ write: (Item, inout JSONWriter) -> Void
    ) {
        guard !items.isEmpty else { return }
        object.member(key) { $0.array { array in for item in items { write(item, &array) } } }
    }

    /// The decision of an entry; `nil` where the text is no entry of this schema.
    init?(entry: [UInt8]) {
        guard let root = try? JSONDocument(parsing: entry).root,
            let recorded = root["recorded"]?.string.flatMap({ Instant($0) }),
            let asOf = root["asOf"]?.string.flatMap({ AsOf($0) }),
            let service = root["service"]?.string, let hook = root["hook"]?.string, let request = root["request"]?.string,
            let edition = root["edition"].flatMap(DecisionEdition.init), let status = root["status"]?.int,
            let latency = root["latencyMicroseconds"]?.int
        else { return nil }
        self.recorded = recorded
        self.asOf = asOf
        self.service = service
        self.hook = hook
        self.request = request
        self.edition = edition
        self.status = status
        latencyInMicroseconds = latency
        hookInstance = root["hookInstance"]?.string
        client = root["client"]?.string
        fetched = root["fetched"]?.string
        dialect = root["dialect"]?.string
        response = root["response"]?.string
        patient = root["patient"]?.string.map(Pseudonym.init)
        user = root["user"]?.string.map(Pseudonym.init)
        findings = root["findings"]?.elements.compactMap(DecidedFinding.init) ?? []
        otherCards = root["otherCards"]?.elements.compactMap(\.string) ?? []
        heldBack = root["heldBack"]?.elements.compactMap(\.string) ?? []
        notChecked = root["notChecked"]?.elements.compactMap(UncheckedItem.init) ?? []
        silenced = root["silenced"]?.elements.compactMap(SilencedRow.init) ?? []
        gaps = root["gaps"]?.elements.compactMap(DecidedGap.init) ?? []
    }
}

extension DecisionEdition {
    fileprivate init?(_ node: JSONNode) {
        guard let rules = node["rules"]?.string, let knowledge = node["knowledge"]?.string, let vigil = node["vigil"]?.string
        else { return nil }
        self.init(rules: rules, knowledge: knowledge, vigil: vigil)
    }
}

extension DecidedFinding {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { finding in
            finding.member("rule", string: rule)
            finding.member("version", int: version)
            finding.member("grade", string: grade)
            finding.member("severity", string: severity)
            finding.member("key", string: key.text)
            finding.member("card", string: card)
        }
    }

    fileprivate init?(_ node: JSONNode) {
        guard let rule = node["rule"]?.string, let version = node["version"]?.int, let grade = node["grade"]?.string,
            let severity = node["severity"]?.string, let key = node["key"]?.string
        else { return nil }
        self.init(
            rule: rule, version: version, grade: grade, severity: severity, key: Pseudonym(text: key), card: node["card"]?.string)
    }
}

extension UncheckedItem {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { item in
            item.member("subject", string: subject)
            item.member("reason", string: reason)
            Decision.list("rules", rules, in: &item) { $1.string($0) }
        }
    }

    fileprivate init?(_ node: JSONNode) {
        guard let subject = node["subject"]?.string, let reason = node["reason"]?.string else { return nil }
        self.init(subject: subject, reason: reason, rules: node["rules"]?.elements.compactMap(\.string) ?? [])
    }
}

extension SilencedRow {
    fileprivate init?(_ node: JSONNode) {
        guard let rule = node["rule"]?.string, let grade = node["grade"]?.string else { return nil }
        self.init(rule: rule, grade: grade, shadowOf: node["shadowOf"]?.string, muted: node["muted"]?.string, mutedBy: node["mutedBy"]?.string)
    }
}
