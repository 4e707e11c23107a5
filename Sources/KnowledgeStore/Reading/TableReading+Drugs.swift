import Documents
import Knowledge

extension TableReading {
    mutating func readDrugs(into tables: inout KnowledgeTables) {
        table(.ingredients, ["rxcui", "name", "tty", "base_rxcui", "component_rxcuis", "unii"]) { reader, _ in
            tables.ingredients = reader.rows.map { row in
                IngredientRow(
                    rxcui: reader.integer(row, "rxcui"), name: reader.filled(row, "name"),
                    termType: reader.word(row, "tty", as: TermType.self, otherwise: .ingredient),
                    base: reader.optionalInteger(row, "base_rxcui"), components: reader.integers(row, "component_rxcuis"),
                    unii: reader.text(row, "unii"))
            }
        }
        table(.products, ["rxcui", "tty", "name", "ingredient_rxcuis", "strength", "dose_form", "brand"]) { reader, reading in
            tables.products.reserveCapacity(reader.rows.count)
            for row in reader.rows {
                tables.products.append(
                    ProductRow(
                        rxcui: reader.integer(row, "rxcui"),
                        termType: reader.word(row, "tty", as: TermType.self, otherwise: .clinicalDrug),
                        name: reader.filled(row, "name"),
                        ingredientSet: reading.set(reader.integers(row, "ingredient_rxcuis"), in: &tables),
                        strength: reader.text(row, "strength"), doseForm: reading.form(reader.text(row, "dose_form"), in: &tables),
                        brand: reader.text(row, "brand")))
            }
        }
        table(.brands, ["brand", "bn_rxcui", "ingredient_rxcuis"]) { reader, reading in
            for row in reader.rows {
                tables.brands.append(
                    BrandRow(
                        name: reader.filled(row, "brand"), rxcui: reader.optionalInteger(row, "bn_rxcui"),
                        ingredientSet: reading.set(reader.integers(row, "ingredient_rxcuis"), in: &tables)))
            }
        }
        table(.ndc, ["ndc9", "ingredient_rxcuis", "complete", "dose_form", "route"]) { reader, reading in
            tables.drugCodes.reserveCapacity(reader.rows.count)
            for row in reader.rows {
                // Where there is one route it belongs to the form: `oral tablet`.
                let route = reader.text(row, "route")
                let form = reader.text(row, "dose_form")
                let full = route.isEmpty || route.contains(";") ? form : "\(route) \(form)"
                tables.drugCodes.append(
                    NationalDrugCodeRow(
                        code: reader.integer(row, "ndc9"),
                        ingredientSet: reading.set(reader.integers(row, "ingredient_rxcuis"), in: &tables),
                        doseForm: reading.form(full, in: &tables), isComplete: reader.text(row, "complete") != "N"))
            }
        }
        table(.atc, ["ingredient_rxcui", "atc"]) { reader, _ in
            tables.atc = reader.rows.map {
                ATCRow(rxcui: reader.integer($0, "ingredient_rxcui"), code: reader.filled($0, "atc"))
            }
        }
    }

    mutating func readClasses(into tables: inout KnowledgeTables) {
        table(.classes, ["system", "class_id", "name", "duplicate_therapy", "note"]) { reader, _ in
            tables.classes = reader.rows.map { row in
                let system = reader.filled(row, "system")
                let note = reader.text(row, "note")
                return ClassRow(
                    id: Self.identifier(system, reader.filled(row, "class_id")), name: reader.text(row, "name"),
                    duplicateTherapy: reader.text(row, "duplicate_therapy") == "Y", source: note.isEmpty ? system : note)
            }
        }
        table(.classMembers, ["system", "class_id", "ingredient_rxcui", "source"]) { reader, _ in
            tables.classMembers = reader.rows.map { row in
                ClassMemberRow(
                    classID: Self.identifier(reader.text(row, "system"), reader.text(row, "class_id")),
                    rxcui: reader.integer(row, "ingredient_rxcui"), source: reader.filled(row, "source"))
            }
        }
        table(.classParents, ["system", "class_id", "parent_id"]) { reader, _ in
            tables.classParents = reader.rows.map { row in
                let system = reader.text(row, "system")
                return ClassParentRow(
                    classID: Self.identifier(system, reader.text(row, "class_id")),
                    parentID: Self.identifier(system, reader.text(row, "parent_id")))
            }
        }
    }

    /// `CDS:ppi` has its system already; `N0000175413` of `FDA-EPC` gets it.
    private static func identifier(_ system: String, _ id: String) -> String {
        id.hasPrefix(system + ":") ? id : "\(system):\(id)"
    }
}
