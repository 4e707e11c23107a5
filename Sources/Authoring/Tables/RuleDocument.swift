/// Headings, paragraphs and tables, to be shown as HTML or as Markdown.
public struct RuleDocument: Sendable {
    public enum Form: String, CaseIterable, Sendable {
        case markdown
        case html
    }

    enum Block: Sendable {
        case heading(Int, String)
        case paragraph(String)
        case table(head: [String], rows: [[String]])
    }

    let title: String
    var blocks: [Block] = []

    public func text(as form: Form) -> String {
        switch form {
        case .markdown: (["# \(title)"] + blocks.map(Self.markdown)).joined(separator: "\n\n") + "\n"
        case .html: HTMLPage(title: title, body: "<h1>\(title.htmlEscaped)</h1>\n" + blocks.map(Self.html).joined()).text
        }
    }

    private static func markdown(_ block: Block) -> String {
        switch block {
        case .heading(let level, let text): return String(repeating: "#", count: level) + " " + text
        case .paragraph(let text): return text
        case .table(let head, let rows):
            func line(_ cells: [String]) -> String {
                "| " + cells.map { $0.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|").lines.joined(separator: "<br>") }.joined(separator: " | ") + " |"
            }
            return ([line(head), "|" + String(repeating: " --- |", count: head.count)] + rows.map(line)).joined(separator: "\n")
        }
    }

    private static func html(_ block: Block) -> String {
        func cell(_ text: String, _ tag: String) -> String {
            "<\(tag)>" + text.lines.map(\.htmlEscaped).joined(separator: "<br>") + "</\(tag)>"
        }
        switch block {
        case .heading(let level, let text): return "<h\(level)>\(text.htmlEscaped)</h\(level)>\n"
        case .paragraph(let text): return "<p>\(text.htmlEscaped)</p>\n"
        case .table(let head, let rows):
            let lines = rows.map { "<tr>" + $0.map { cell($0, "td") }.joined() + "</tr>\n" }.joined()
            return "<table><tr>" + head.map { cell($0, "th") }.joined() + "</tr>\n" + lines + "</table>\n"
        }
    }
}

extension String {
    fileprivate var lines: [String] { split(separator: "\n").map(String.init) }
}
