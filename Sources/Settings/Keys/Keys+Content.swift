import Clinical

extension Keys {
    static let content = SettingGroup("What it decides by", [rules.key, site.key, unit.key, bundle.key, bundleKeys.key, knowledge.key, knowledgeKeys.key, zone.key])

    static let rules = Setting(
        "rules", listOf: .path, default: ["Rules"], flag: "--rules", "Rule files, and folders searched for *.yaml.")
    static let site = Setting<String?>(
        "site", .path, flag: "--site", "The folder of the site: overrides of those rules, and sets and rules of its own.")
    static let unit = Setting<String?>(
        "unit", .text, flag: "--unit", "The unit of the site, a folder below its `unit/`, whose overrides count too.")
    static let bundle = Setting<String?>(
        "bundle.file", .path, flag: "--bundle", "A bundle of `vigil publish`, in the place of `rules` and `site`.")
    static let bundleKeys = Setting(
        "bundle.keys", listOf: .path, default: [], flag: "--bundle-key", "Public keys of which one must have signed the bundle.")
    static let knowledge = Setting(
        "knowledge", .path, default: ".vigil/knowledge.sqlite", flag: "--knowledge", "The knowledge file.")
    static let knowledgeKeys = Setting(
        "knowledge_keys", listOf: .path, default: [],
        "Public keys, of which one must have signed the knowledge file (`vigil knowledge sign`); where there is none, nobody must.")
    static let zone = Setting<ZoneOffset?>(
        "zone", .zone, flag: "--zone", "The zone that decides which calendar day it is, such as +02:00; UTC where none is given.")
}

extension SettingType where Value == ZoneOffset {
    static var zone: SettingType {
        SettingType("offset", wanted: "offset from UTC such as +02:00 or Z", read: { ZoneOffset($0) }, write: { "\($0)" })
    }
}
