import Documents
import Knowledge

/// Checks the ICD-10-CM codes of value sets and names against the classification itself.
enum DiagnosisCodes {
    /// One diagnostic for each code that is neither a category, a code, nor a chapter letter.
    static func check(_ folder: TableFolder) -> [Diagnostic] {
        var reading = TableReading(folder.directory)
        var known: Set<String> = []
        reading.table(.icd10cm, ["code"]) { reader, _ in
            known.reserveCapacity(reader.rows.count * 2)
            for row in reader.rows {
                let code = reader.text(row, "code")
                known.insert(code)
                known.insert(String(code.prefix(1)))
            }
        }
        if known.isEmpty { return reading.diagnostics }
        var found: [Diagnostic] = reading.diagnostics
        let canonical = "http://hl7.org/fhir/sid/icd-10-cm"
        for (row, code) in folder.tables.valueSetCodes.enumerated() where code.system == canonical {
            if !known.contains(code.code) { found.append(folder.diagnostic(.valuesets, row, "code", code.code)) }
        }
        for (row, reaction) in folder.tables.reactions.enumerated() where reaction.system == "ICD10CM" {
            if !known.contains(reaction.code) { found.append(folder.diagnostic(.reactions, row, "code", reaction.code)) }
        }
        for (row, name) in folder.tables.names.enumerated() {
            for target in name.targets where target.hasPrefix("ICD10CM:") {
                let code = String(target.dropFirst(8))
                if !known.contains(code) { found.append(folder.diagnostic(.names, row, "targets", code)) }
            }
        }
        return found
    }
}

extension TableFolder {
    fileprivate func diagnostic(_ table: KnowledgeTable, _ row: Int, _ column: String, _ code: String) -> Diagnostic {
        let document = documents[table]
        return Diagnostic(
            code: "V807", message: "ICD-10-CM has no code or category \(code)", file: document?.name ?? "\(table.rawValue).csv",
            range: document.flatMap { table in table.column(column).flatMap { table.range(row, $0) } }, label: column)
    }
}
