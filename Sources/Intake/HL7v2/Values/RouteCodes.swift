/// The routes of HL7's own table, in words.
///
/// - Source: HL7 v2.9, table 0162 (terminology.hl7.org/CodeSystem/v2-0162).
enum RouteCodes {
    static func words(_ code: String) -> String? { table[code.uppercased()] }

    private static let table: [String: String] = [
        "AP": "Apply Externally", "B": "Buccal", "DT": "Dental", "EP": "Epidural", "ET": "Endotrachial Tube", "GTT": "Gastrostomy Tube",
        "GU": "GU Irrigant", "IA": "Intra-arterial", "IB": "Intrabursal", "IC": "Intracardiac", "ICV": "Intracervical (uterus)",
        "ID": "Intradermal", "IH": "Inhalation", "IHA": "Intrahepatic Artery", "IM": "Intramuscular", "IN": "Intranasal",
        "IO": "Intraocular", "IP": "Intraperitoneal", "IS": "Intrasynovial", "IT": "Intrathecal", "IU": "Intrauterine",
        "IV": "Intravenous", "MM": "Mucous Membrane", "MTH": "Mouth/Throat", "NG": "Nasogastric", "NP": "Nasal Prongs", "NS": "Nasal",
        "NT": "Nasotrachial Tube", "OP": "Ophthalmic", "OT": "Otic", "PF": "Perfusion", "PO": "Oral", "PR": "Rectal",
        "RM": "Rebreather Mask", "SC": "Subcutaneous", "SD": "Soaked Dressing", "SL": "Sublingual", "TD": "Transdermal",
        "TL": "Translingual", "TP": "Topical", "TRA": "Tracheostomy", "UR": "Urethral", "VG": "Vaginal", "VM": "Ventimask",
    ]
}
