/// Everything that can be configured, in words: the text of `vigil serve --help-config` and the tables of `docs/configuration.md`.
public enum SettingsHelp {
    /// For a terminal.
    public static var text: String {
        var parts = [
            """
            The configuration: a file (vigil.yaml, or what --config names), variables of the environment, and flags. A flag counts \
            before a variable, a variable before the file. Keys marked * are read again on SIGHUP.
            """.wrapped(to: 100, indent: "")
        ]
        for group in Keys.groups { parts.append(section(group.title, group.keys, isClient: false)) }
        parts.append(section("Who may call: each entry of the list `clients`, in the file only", Keys.clients, isClient: true))
        return parts.joined(separator: "\n\n") + "\n"
    }

    private static func section(_ title: String, _ keys: [SettingKey], isClient: Bool) -> String {
        "\(title.uppercased())\n" + keys.map { entry($0, isClient) }.joined(separator: "\n")
    }

    private static func entry(_ key: SettingKey, _ isClient: Bool) -> String {
        var head = "  \(key.path)\(key.isReloaded && !isClient ? "*" : "")  (\(key.typeName)"
        head += key.fallback.isEmpty ? ")" : "; \(key.fallback.joined(separator: ", ")))"
        let ways = [key.variable, key.flag].compactMap(\.self)
        if !ways.isEmpty { head += "  " + ways.joined(separator: "  ") }
        return head + "\n" + key.help.wrapped(to: 100, indent: "      ")
    }

    /// For a page: a table for each group.
    public static var markdown: String {
        let tables = Keys.groups.map { table($0.title, $0.keys, isClient: false) }
        return (tables + [table("Who may call", Keys.clients, isClient: true)]).joined(separator: "\n")
    }

    private static func table(_ title: String, _ keys: [SettingKey], isClient: Bool) -> String {
        let ways = isClient ? "" : " Variable, flag |"
        let head = "## \(title)\n\n| Key | Value | Where nothing is said |\(ways) What it is |\n|---|---|---|\(isClient ? "" : "---|")---|\n"
        return head + keys.map { row($0, isClient) }.joined()
    }

    private static func row(_ key: SettingKey, _ isClient: Bool) -> String {
        let fallback = key.fallback.map { "`\($0)`" }.joined(separator: ", ")
        var cells = ["`\(key.path)`\(key.isReloaded && !isClient ? " *" : "")", key.typeName, fallback.isEmpty ? "-" : fallback]
        if !isClient { cells.append([key.variable, key.flag].compactMap(\.self).map { "`\($0)`" }.joined(separator: " ")) }
        cells.append(key.help)
        return "| " + cells.map { $0.split(separator: "|").joined(separator: "\\|") }.joined(separator: " | ") + " |\n"
    }
}

extension String {
    /// In lines no longer than so many characters, each after an indent.
    fileprivate func wrapped(to width: Int, indent: String) -> String {
        var lines: [String] = [], line = ""
        for word in split(separator: " ") {
            if !line.isEmpty, indent.count + line.count + 1 + word.count > width {
                lines.append(indent + line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        return (lines + [indent + line]).joined(separator: "\n")
    }
}
