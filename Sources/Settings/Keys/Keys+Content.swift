import Clinical

extension Keys {
    static let content = SettingGroup("What it decides by", [rules.key, knowledge.key, zone.key])

    static let rules = Setting(
        "rules", listOf: .path, default: ["Rules"], flag: "--rules", "Rule files, and folders searched for *.yaml.")
    static let knowledge = Setting(
        "knowledge", .path, default: ".vigil/knowledge.sqlite", flag: "--knowledge", "The knowledge file.")
    static let zone = Setting<ZoneOffset?>(
        "zone", .zone, flag: "--zone", "The zone that decides which calendar day it is, such as +02:00; UTC where none is given.")
}

extension SettingType where Value == ZoneOffset {
    static var zone: SettingType {
        SettingType("offset", wanted: "offset from UTC such as +02:00 or Z", read: { ZoneOffset($0) }, write: { "\($0)" })
    }
}
