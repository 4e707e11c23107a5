import KnowledgeStore

/// Small tables with one thing wrong, and what lint says of them.
enum LintWorld {
    /// Ingredients of the traps, by their RxNorm codes.
    static let ingredients = """
        rxcui,name,tty,base_rxcui,component_rxcuis,unii
        11289,warfarin,IN,,,
        1191,aspirin,IN,,,
        36108,salsalate,IN,,,
        155080,methacholine,IN,,,
        7402,niclosamide,IN,,,
        5640,ibuprofen,IN,,,
        7646,omeprazole,IN,,,
        283742,esomeprazole,IN,,,
        1256,azathioprine,IN,,,
        73689,febuxostat,IN,,,
        301542,rosuvastatin,IN,,,
        42463,pravastatin,IN,,,
        36567,simvastatin,IN,,,
        28031,itraconazole,IN,,,
        6135,ketoconazole,IN,,,
        5093,haloperidol,IN,,,
        26225,ondansetron,IN,,,
        9947,sotalol,IN,,,
        2556,citalopram,IN,,,
        6813,methadone,IN,,,
        29046,lisinopril,IN,,,
        52175,losartan,IN,,,
        """

    static let interactionHeader =
        "id,a_type,a_id,a_name,b_type,b_id,b_name,severity,onc_list,effect,mechanism,management,evidence,sources\n"

    /// Codes and keys of the open findings, `K105 K105:DDI-001:42463`.
    static func findings(_ name: String, lists: [String] = [], _ changes: [String: String?]) throws -> [LintFinding] {
        var changes = changes
        let common: [String: String] = [
            "ingredients.csv": ingredients, "products.csv": "rxcui,tty,name,ingredient_rxcuis,strength,dose_form,brand\n",
            "classes.csv": "system,class_id,name,duplicate_therapy,note\n",
            "class_members.csv": "system,class_id,ingredient_rxcui,ingredient,source\n",
            "interactions.csv": interactionHeader, "names.csv": "kind,name,targets,title,source\n",
        ]
        for (file, text) in common where !changes.keys.contains(file) { changes[file] = text }
        return try KnowledgeLint.run(tables: SmallFolder.make("lint-\(name)", changes: changes), lists: lists).open
    }
}

extension [LintFinding] {
    func keys(_ code: String) -> [String] {
        filter { $0.code == code }.map { String($0.key.dropFirst(code.count + 1)) }
    }
}
