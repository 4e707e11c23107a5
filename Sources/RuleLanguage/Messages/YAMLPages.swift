/// Messages about YAML and shape.
enum YAMLPages {
    static let all: [MessagePage] = [
        MessagePage(
            code: "V100", title: "this is not YAML",
            text: "The file breaks a rule of YAML, and nothing more helpful is known of it. Look at the line before the caret as well: a quote or bracket that was opened there may still be open.",
            wrong: """
                evidence: [{ cite: A source }
                1️⃣category: renal
                """,
            right: """
                evidence: [{ cite: A source }]
                category: renal
                """),
        MessagePage(
            code: "V101", title: "a key stands twice",
            text: "A map has each key once. YAML readers differ in which of two they take; we take neither.",
            wrong: """
                severity: major
                1️⃣severity: minor
                """,
            right: "severity: major"),
        MessagePage(
            code: "V102", title: "anchors, aliases, merges, tags, directives and several documents are not read",
            text: "A rule is to be read by people from top to bottom. What is used in several rules belongs into a set, a named condition or a fact with a name.",
            wrong: "b: 1️⃣&drugs { class: nsaid }",
            right: "b: { class: nsaid }"),
        MessagePage(
            code: "V103", title: "a colon in a text",
            text: "A colon followed by a blank makes a map of a text. Put the text in quotes.",
            wrong: "summary: 1️⃣Warning: potassium",
            right: #"summary: "Warning: potassium""#),
        MessagePage(
            code: "V104", title: "a text in a flow map",
            text: "Within braces a comma ends a value, so that the words after it become keys. Write the map as a block, or put the text in quotes.",
            wrong: "expect: { summary: falls, 1️⃣fractures }",
            right: #"expect: { summary: "falls, fractures" }"#),
        MessagePage(
            code: "V105", title: "a character that only looks right",
            text: "A tab, a blank that is not a blank, or a typographic quote, mostly pasted from a word processor.",
            wrong: "summary: 1️⃣“two drugs”",
            right: "summary: two drugs"),
        MessagePage(
            code: "V106", title: "braces begin a map",
            text: "A placeholder is a dollar sign and a name.",
            wrong: "summary: 1️⃣{a} with {b}",
            right: "summary: $a with $b"),
        MessagePage(
            code: "V107", title: "a sign that begins a folded text",
            text: "`>` and `|` begin blocks of text. Comparisons are words.",
            wrong: """
                when:
                  potassium: 1️⃣> 5.0 mmol/L
                """,
            right: "when: { potassium: { above: 5.0 mmol/L } }"),
        MessagePage(
            code: "V108", title: "too deep or too large",
            text: "No rule that a person wrote is that deep or that large: 64 maps and lists in one another, 1 MiB in a file.",
            wrong: "facts: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: 1️⃣{ a: { a: { a: { a: { a: { a: { a: ",
            right: "facts: { potassium: { lab: serum-potassium, missing: not measured } }"),
        MessagePage(
            code: "V109", title: "the file is not UTF-8",
            text: "Save the file as UTF-8, without a byte order mark.",
            wrong: "1️⃣\u{FEFF}title: Saved with a byte order mark",
            right: "title: Saved as UTF-8"),
        MessagePage(
            code: "V110", title: "a key that may not stand here",
            text: "The key is misspelt, or belongs elsewhere.",
            wrong: """
                summary: two drugs
                1️⃣detial: they meet
                """,
            right: "summary: two drugs"),
        MessagePage(
            code: "V111", title: "something is missing",
            text: "The message says what, and what it is for.",
            wrong: """
                - 1️⃣otherwise: yes
                  severity: major
                  if_unknown: { potassium: ok }
                """,
            right: """
                - name: base
                  otherwise: yes
                  severity: major
                  if_unknown: { potassium: ok }
                """),
        MessagePage(
            code: "V112", title: "another shape is wanted here",
            text: "A map, a list or a text stands where something else is read.",
            wrong: "potassium: 1️⃣high",
            right: "potassium: { lab: serum-potassium, missing: not measured }"),
        MessagePage(
            code: "V113", title: "a value that cannot be read",
            text: "Dates are written 2026-01-15, lengths of time 90 d, 12 months or 2 y, yes and no as yes and no.",
            wrong: "potassium: { lab: serum-potassium, latest_within: 1️⃣90 dayz, missing: not measured }",
            right: "potassium: { lab: serum-potassium, latest_within: 90 d, missing: not measured }"),
        MessagePage(
            code: "V114", title: "rule and file have different names",
            text: "A rule is found by its name: `sample` stands in `sample.yaml`.",
            wrong: "rule: 1️⃣another",
            right: "rule: sample"),
        MessagePage(
            code: "V115", title: "two of one name",
            text: "Rules of one set, rows of one ladder, roles and facts of one rule, and the sets and conditions of all files have different names.",
            wrong: """
                - name: high
                  when: { potassium: { above: 5.5 mmol/L } }
                  severity: major
                - name: 1️⃣high
                  when: { potassium: { below: 3.5 mmol/L } }
                  severity: minor
                  if_unknown: { potassium: ok }
                """,
            right: """
                - name: high
                  when: { potassium: { above: 5.5 mmol/L } }
                  severity: major
                - name: low
                  when: { potassium: { below: 3.5 mmol/L } }
                  severity: minor
                  if_unknown: { potassium: ok }
                """),
        MessagePage(
            code: "V116", title: "a text cut off by a comment",
            text: "A `#` after a blank begins a comment, also in the middle of a sentence: nobody would see what stands after it. Put the text in quotes, or the comment on a line of its own.",
            wrong: "summary: $a with $b - low 1️⃣# blood pressure",
            right: #"summary: "$a with $b - low # blood pressure""#),
    ]
}
