import Documents
import Knowledge

extension TableReading {
    mutating func readNames(into tables: inout KnowledgeTables) {
        table(.valuesets, ["valueset", "name", "system", "code", "display", "evidence"]) { reader, _ in
            tables.valueSetCodes = reader.rows.map { row in
                ValueSetCodeRow(
                    set: reader.filled(row, "valueset"), title: reader.text(row, "name"), system: reader.filled(row, "system"),
                    code: reader.filled(row, "code"), display: reader.text(row, "display"),
                    isPrefix: reader.text(row, "evidence") == "prefix")
            }
        }
        table(.cvx, ["code", "short_description", "vaccine_groups"]) { reader, _ in
            tables.vaccines = reader.rows.map { row in
                VaccineRow(
                    code: reader.filled(row, "code"), name: reader.text(row, "short_description"),
                    groups: reader.list(row, "vaccine_groups"))
            }
        }
        table(.names, ["kind", "name", "targets", "title", "source"]) { reader, _ in
            tables.names = reader.rows.map { row in
                let kind = reader.text(row, "kind")
                if !Self.nameKinds.contains(kind) {
                    reader.report(
                        row, "kind", "V806", "`\(kind)` is no kind of name",
                        help: "write one of: \(Self.nameKinds.joined(separator: ", "))")
                }
                return NameRow(
                    kind: kind, name: reader.filled(row, "name"), targets: reader.list(row, "targets"),
                    title: reader.text(row, "title"), source: reader.filled(row, "source"))
            }
        }
        table(
            .labs,
            ["name", "title", "codes", "unit", "molar_mass", "valence", "lines", "plausible_low", "plausible_high", "source"]
        ) { reader, _ in
            tables.labs = reader.rows.map { row in
                LabRow(
                    name: reader.filled(row, "name"), title: reader.text(row, "title"), codes: reader.list(row, "codes"),
                    unit: reader.filled(row, "unit"), molarMass: reader.text(row, "molar_mass"),
                    valence: reader.text(row, "valence"), lines: reader.list(row, "lines"),
                    plausibleLow: reader.text(row, "plausible_low"), plausibleHigh: reader.text(row, "plausible_high"),
                    source: reader.filled(row, "source"))
            }
        }
        table(.reactions, ["name", "system", "code", "display", "source"]) { reader, _ in
            tables.reactions = reader.rows.map { row in
                ReactionRow(
                    name: reader.filled(row, "name"), system: reader.filled(row, "system"), code: reader.filled(row, "code"),
                    display: reader.text(row, "display"), source: reader.filled(row, "source"))
            }
        }
        table(.routes, ["kind", "key", "group"]) { reader, _ in
            tables.routes = reader.rows.map { row in
                RouteRow(
                    kind: reader.filled(row, "kind"), key: reader.filled(row, "key"),
                    group: reader.word(row, "group", as: RouteGroup.self, otherwise: .other))
            }
        }
        readOrders(into: &tables)
    }

    private mutating func readOrders(into tables: inout KnowledgeTables) {
        table(.overrideReasons, ["name", "code", "system", "display"]) { reader, _ in
            tables.overrideReasons = reader.rows.map { row in
                OverrideReasonRow(
                    name: reader.filled(row, "name"), code: reader.filled(row, "code"), system: reader.filled(row, "system"),
                    display: reader.filled(row, "display"))
            }
        }
        table(.orderables, ["name", "system", "code", "display"]) { reader, _ in
            tables.orderables = reader.rows.map { row in
                OrderableRow(
                    name: reader.filled(row, "name"), system: reader.filled(row, "system"), code: reader.filled(row, "code"),
                    display: reader.filled(row, "display"))
            }
        }
        table(.relations, ["relation", "title", "group", "ingredient_rxcui", "source"]) { reader, _ in
            tables.relationMembers = reader.rows.map { row in
                RelationMemberRow(
                    relation: reader.filled(row, "relation"), title: reader.text(row, "title"), group: reader.filled(row, "group"),
                    rxcui: reader.integer(row, "ingredient_rxcui"), source: reader.filled(row, "source"))
            }
        }
    }

    private static let nameKinds =
        ["class", "drug", "inert", "lab"] + CodeSetKind.allCases.map(\.rawValue)
}
