import Documents

extension LintReport {
    /// Every finding as JSON: what a build reads.
    public var json: [UInt8] {
        var writer = JSONWriter(pretty: true)
        writer.object { writer in
            writer.member("open", int: open.count)
            writer.member("explained", int: explained.count)
            writer.member("findings") { writer in
                writer.array { writer in
                    for finding in open { writer.element { Self.write(finding, nil, to: &$0) } }
                    for (finding, reason) in explained { writer.element { Self.write(finding, reason, to: &$0) } }
                }
            }
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    private static func write(_ finding: LintFinding, _ reason: String?, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("code", string: finding.code)
            writer.member("key", string: finding.key)
            writer.member("file", string: finding.file)
            writer.member("line", int: finding.line)
            writer.member("message", string: finding.message)
            writer.member("mend", string: finding.mend)
            writer.member("explained", string: reason)
        }
    }
}
