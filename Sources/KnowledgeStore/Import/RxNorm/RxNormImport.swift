import Clinical
import GRDB
import Knowledge

/// A RxNorm release: ingredients, products, brands, NDC and retired codes, over what our own tables say of the same codes.
///
/// Codes of our own tables that the release does not have stay: classes and interactions speak of them.
struct RxNormImport: ImportContent {
    private(set) var report: ImportReport
    let sourceTitle: String
    let fileDigests: [String]
    let changesDrugs = true

    private struct Drug {
        var rxcui: Int
        var termType: TermType
        var name: String
        var base: Int?
        var components: [Int] = []
        var strength = ""
        var doseForm = ""
        var brand = ""
    }

    private var ingredients: [Drug] = []
    private var products: [Drug] = []
    private var brands: [(rxcui: Int, name: String, ingredients: [Int])] = []
    private var drugCodes: [(code: Int, ingredients: [Int], doseForm: String)] = []
    private var statuses: [(code: String, status: String, replacedBy: String)] = []

    init(_ folder: String, version: String, known: KnowledgeBase, progress: (ImportProgress) -> Void) throws(KnowledgeImportError) {
        let release = try RxNormRelease(folder, progress: progress)
        report = ImportReport(kind: "drugs", name: "rxnorm", version: version)
        sourceTitle =
            "RxNorm\(version.isEmpty ? "" : " \(version)"), courtesy of the U.S. National Library of Medicine, imported release"
        fileDigests = release.files.map(digestOfFile)
        report.readCount = release.readCount
        progress(.init(step: "joining concepts and their ingredients", percent: nil))
        var losses = release.losses
        var composition = RxNormComposition(release)
        collect(release, &composition, &losses)
        collectCodes(release, &composition, &losses)
        collectRetired(release, &composition)
        report.keptCount = ingredients.count + products.count + brands.count + drugCodes.count
        report.lost = losses.sorted { _ in nil }
        report.notes = [
            "\(ingredients.count) ingredients, salts and combinations, \(products.count) products, \(brands.count) brands, "
                + "\(drugCodes.count) NDC, \(statuses.count) retired codes",
            Self.changes(products.map { ($0.rxcui, $0.components) }, known),
        ]
    }

    /// How many products were known, and of how many the release says something else.
    private static func changes(_ products: [(rxcui: Int, ingredients: [Int])], _ known: KnowledgeBase) -> String {
        var same = 0
        var other = 0
        for product in products {
            guard let drug = known.resolve(.init(codings: [.init(system: .rxNorm, code: String(product.rxcui))])).drug else { continue }
            if Set(drug.ingredients.map { known.ingredient($0).rxcui }) == Set(product.ingredients) { same += 1 } else { other += 1 }
        }
        return "\(same) products were known with the same ingredients, \(other) with others, \(products.count - same - other) are new"
    }

    private mutating func collect(_ release: RxNormRelease, _ composition: inout RxNormComposition, _ losses: inout LossList) {
        for (rxcui, concept) in release.concepts.sorted(by: { $0.key < $1.key }) {
            let made = composition.ingredients(of: rxcui)
            var drug = Drug(rxcui: rxcui, termType: concept.termType, name: concept.name)
            switch concept.termType {
            case .ingredient:
                ingredients.append(drug)
            case .preciseIngredient:
                guard made.count == 1 else {
                    losses.add("a precise ingredient without its base", "\(rxcui) \(concept.name)", line: 0)
                    continue
                }
                drug.base = made[0]
                ingredients.append(drug)
            case .brandName:
                continue
            default:
                guard !made.isEmpty else {
                    losses.add("no ingredient can be reached", "\(rxcui) \(concept.name)", line: 0)
                    continue
                }
                drug.components = made
                if concept.termType == .multipleIngredients {
                    ingredients.append(drug)
                } else {
                    drug.strength = composition.strength(of: rxcui)
                    drug.doseForm = composition.doseForm(of: rxcui)
                    drug.brand = composition.brand(of: rxcui).flatMap { release.concepts[$0]?.name } ?? ""
                    products.append(drug)
                }
            }
        }
        for (brand, made) in composition.compositions() {
            if let name = release.concepts[brand]?.name { brands.append((brand, name, made)) }
        }
    }

    /// NDC of eleven digits; our key is labeler and product, the first nine.
    private mutating func collectCodes(_ release: RxNormRelease, _ composition: inout RxNormComposition, _ losses: inout LossList) {
        var seen: [Int: [Int]] = [:]
        for (code, rxcui) in release.drugCodes.sorted(by: { ($0.code, $0.rxcui) < ($1.code, $1.rxcui) }) {
            guard code.utf8.count == 11, let digits = Int(code.prefix(9)) else {
                losses.add("an NDC that is not of eleven digits", code, line: 0)
                continue
            }
            let made = composition.ingredients(of: release.current(of: rxcui) ?? rxcui)
            if made.isEmpty {
                losses.add("an NDC of a product without ingredients", code, line: 0)
            } else if let first = seen[digits] {
                if first != made { losses.add("packages of one NDC product with different ingredients: the first counts", code, line: 0) }
            } else {
                seen[digits] = made
                drugCodes.append((digits, made, composition.doseForm(of: rxcui)))
            }
        }
    }

    /// A retired code leads to what it was merged into; one that was merged into nothing is only marked.
    private mutating func collectRetired(_ release: RxNormRelease, _ composition: inout RxNormComposition) {
        for old in release.retired.keys.sorted() {
            guard let now = release.current(of: old), let concept = release.concepts[now] else {
                statuses.append((String(old), "retired", ""))
                continue
            }
            statuses.append((String(old), "retired", String(now)))
            let made = composition.ingredients(of: now)
            guard !made.isEmpty else { continue }
            switch concept.termType {
            case .ingredient, .preciseIngredient:
                if made.count == 1, made[0] != old {
                    ingredients.append(Drug(rxcui: old, termType: concept.termType, name: concept.name, base: made[0]))
                }
            case .multipleIngredients:
                ingredients.append(Drug(rxcui: old, termType: .multipleIngredients, name: concept.name, components: made))
            case .brandName:
                brands.append((old, concept.name, made))
            default:
                products.append(
                    Drug(
                        rxcui: old, termType: concept.termType, name: concept.name, components: made,
                        strength: composition.strength(of: now), doseForm: composition.doseForm(of: now)))
            }
        }
    }

    // MARK: Writing

    func write(in database: Database, source: Int) throws {
        var sets = try KeyedRows(database, "ingredient_set", key: "rxcuis")
        var forms = try KeyedRows(database, "dose_form", key: "name")
        try writeIngredients(in: database, source)
        var known = try Self.ids(database, "product", "rxcui")
        let update = try database.makeStatement(
            sql: "UPDATE product SET tty = ?, name = ?, set_id = ?, strength = ?, form_id = ?, brand = ?, source_id = ? WHERE id = ?")
        let insert = try database.makeStatement(
            sql: "INSERT INTO product(id, rxcui, tty, name, set_id, strength, form_id, brand, source_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for row in products {
            let set = try sets.id(of: Self.joined(row.components), in: database)
            let form = row.doseForm.isEmpty ? nil : try forms.id(of: row.doseForm, in: database)
            if let id = known[row.rxcui] {
                try update.execute(arguments: [row.termType.rawValue, row.name, set, row.strength, form, row.brand, source, id])
            } else {
                let id = known.count
                known[row.rxcui] = id
                try insert.execute(
                    arguments: [id, row.rxcui, row.termType.rawValue, row.name, set, row.strength, form, row.brand, source])
            }
        }
        try writeBrands(&sets, in: database, source)
        try writeDrugCodes(&sets, &forms, in: database, source)
        try CodeStatus.write(statuses, system: "http://www.nlm.nih.gov/research/umls/rxnorm", source: source, in: database)
    }

    private func writeIngredients(in database: Database, _ source: Int) throws {
        var known = try Self.ids(database, "ingredient", "rxcui")
        let update = try database.makeStatement(
            sql: "UPDATE ingredient SET name = ?, tty = ?, base_rxcui = ?, components = ?, source_id = ? WHERE id = ?")
        let insert = try database.makeStatement(
            sql: "INSERT INTO ingredient(id, rxcui, name, tty, base_rxcui, components, unii, source_id) VALUES (?, ?, ?, ?, ?, ?, '', ?)")
        for row in ingredients {
            if let id = known[row.rxcui] {
                try update.execute(
                    arguments: [row.name, row.termType.rawValue, row.base, Self.joined(row.components), source, id])
            } else {
                let id = known.count
                known[row.rxcui] = id
                try insert.execute(
                    arguments: [id, row.rxcui, row.name, row.termType.rawValue, row.base, Self.joined(row.components), source])
            }
        }
    }

    private func writeBrands(_ sets: inout KeyedRows, in database: Database, _ source: Int) throws {
        let delete = try database.makeStatement(sql: "DELETE FROM brand WHERE rxcui = ?")
        for rxcui in Set(brands.map(\.rxcui)).sorted() { try delete.execute(arguments: [rxcui]) }
        var next = try Int.fetchOne(database, sql: "SELECT coalesce(max(id) + 1, 0) FROM brand") ?? 0
        for row in brands {
            try database.execute(
                sql: "INSERT INTO brand(id, name, rxcui, set_id, source_id) VALUES (?, ?, ?, ?, ?)",
                arguments: [next, row.name, row.rxcui, try sets.id(of: Self.joined(row.ingredients), in: database), source])
            next += 1
        }
    }

    private func writeDrugCodes(_ sets: inout KeyedRows, _ forms: inout KeyedRows, in database: Database, _ source: Int) throws {
        var known = try Self.ids(database, "ndc", "code")
        // The form that the directory tells stays: it has the route with it.
        let update = try database.makeStatement(sql: "UPDATE ndc SET set_id = ?, is_complete = 1, source_id = ? WHERE id = ?")
        let insert = try database.makeStatement(
            sql: "INSERT INTO ndc(id, code, set_id, form_id, is_complete, source_id) VALUES (?, ?, ?, ?, 1, ?)")
        for row in drugCodes {
            let set = try sets.id(of: Self.joined(row.ingredients), in: database)
            if let id = known[row.code] {
                try update.execute(arguments: [set, source, id])
            } else {
                let id = known.count
                known[row.code] = id
                let form = row.doseForm.isEmpty ? nil : try forms.id(of: row.doseForm, in: database)
                try insert.execute(arguments: [id, row.code, set, form, source])
            }
        }
    }

    private static func ids(_ database: Database, _ table: String, _ column: String) throws -> [Int: Int] {
        var ids: [Int: Int] = [:]
        let rows = try Row.fetchCursor(database, sql: "SELECT \(column), id FROM \(table)")
        while let row = try rows.next() { ids[row[0]] = row[1] }
        return ids
    }

    private static func joined(_ codes: [Int]) -> String { codes.map(String.init).joined(separator: "|") }
}

/// Rows that are found by a text and made where they are missing.
private struct KeyedRows {
    private let table: String
    private let key: String
    private var ids: [String: Int] = [:]
    private var count = 0

    init(_ database: Database, _ table: String, key: String) throws {
        self.table = table
        self.key = key
        let rows = try Row.fetchCursor(database, sql: "SELECT \(key), id FROM \(table) ORDER BY id")
        while let row = try rows.next() {
            ids[row[0]] = row[1]
            count += 1
        }
    }

    mutating func id(of text: String, in database: Database) throws -> Int {
        if let id = ids[text] { return id }
        try database.execute(sql: "INSERT INTO \(table)(id, \(key)) VALUES (?, ?)", arguments: [count, text])
        ids[text] = count
        count += 1
        return count - 1
    }
}
