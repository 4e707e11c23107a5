import Documents
import Spoiling
import Testing

@Suite struct XMLRefusalTests {
    /// The mark stands before the place that the message should name.
    @Test(arguments: [
        ("1️⃣", .empty), ("  1️⃣", .unexpectedEnd("an element")), ("1️⃣x<a/>", .textOutsideRoot), ("<a/>1️⃣x", .textOutsideRoot),
        ("<a/>1️⃣<b/>", .secondRoot), ("<a>1️⃣", .unexpectedEnd("`</a>`")), ("<a><b>1️⃣</a></b>", .mismatchedTag(open: "b", close: "a")),
        ("1️⃣</a>", .expected("an element, found an end tag")), ("<a/>1️⃣</a>", .expected("an element, found an end tag")),
        ("<1️⃣1/>", .expected("the name of an element")), ("<a b1️⃣/>", .expected("`=`")), ("<a b=1️⃣1/>", .expected("a value in quotes")),
        ("<a b='1'1️⃣c='2'/>", .expected("a blank, `>` or `/>`")), ("<a b='1️⃣<'/>", .lessThanInValue), ("<a b='11️⃣", .unexpectedEnd("the closing quote")),
        ("<a b='1' 1️⃣b='2'/>", .duplicateAttribute("b")), ("<a xmlns:x='u' xmlns:y='u' x:b='1' 1️⃣y:b='2'/>", .duplicateAttribute("y:b")),
        ("<1️⃣x:a/>", .unboundPrefix("x")), ("<a 1️⃣xmlns:x=''/>", .reservedPrefix("x")), ("<a 1️⃣xmlns:xml='u'/>", .reservedPrefix("xml")),
        ("<a>1️⃣]]></a>", .cdataEnd), ("<!-- a 1️⃣-- b --><a/>", .doubleHyphen), ("<a/><!-- 1️⃣", .unexpectedEnd("`-->`")),
        ("<a>1️⃣\u{1}</a>", .forbiddenCharacter), ("<a>1️⃣&#0;</a>", .characterReference), ("<a>1️⃣&#xD800;</a>", .characterReference),
        ("<a>1️⃣&#-1;</a>", .characterReference), ("<a>1️⃣&#99999999999;</a>", .characterReference), ("<a>1️⃣& b</a>", .expected("a reference that ends with `;`")),
        (" 1️⃣<?xml version='1.0'?><a/>", .declarationNotFirst), ("<?xml 1️⃣version='2.0'?><a/>", .unsupportedVersion("2.0")),
        ("1️⃣<?xml version='1.0' encoding='EBCDIC'?><a/>", .encoding("EBCDIC")),
    ] as [(String, XMLError.Problem)])
    func refused(_ marked: String, _ problem: XMLError.Problem) throws {
        let parts = marked.split(separator: "1️⃣", omittingEmptySubsequences: false)
        let text = parts.joined()
        do {
            _ = try XMLDocument(parsing: text)
            Issue.record("was read: \(text)")
        } catch let error {
            #expect(error.problem == problem, "\(text)")
            #expect(error.offset == parts[0].utf8.count, "\(text)")
        }
    }

    @Test func messagesNameLineAndColumn() {
        #expect { try XMLDocument(parsing: "<a>\n  <b>&nbsp;</b></a>") } throws: { error in
            "\(error)" == "2:6: the entity `&nbsp;` is refused: only lt, gt, amp, quot, apos and characters by number are read"
        }
    }

    // MARK: What would harm

    @Test func noEntityBombAndNothingFromOutside() {
        let bomb = "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;'>]><a>&y;</a>"
        let outside = "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"
        for text in [bomb, outside] {
            #expect { try XMLDocument(parsing: text) } throws: { ($0 as? XMLError)?.problem == .doctype }
        }
    }

    @Test func boundsHold() {
        var limits = XMLLimits()
        limits.depth = 3
        limits.attributes = 2
        limits.nodes = 5
        limits.size = 200
        func problem(_ text: String) -> XMLError.Problem? {
            do {
                _ = try XMLDocument(parsing: text, limits: limits)
                return nil
            } catch { return error.problem }
        }
        #expect(problem("<a><b><c/></b></a>") == nil)
        #expect(problem("<a><b><c><d/></c></b></a>") == .tooDeep(limit: 3))
        #expect(problem("<a x='1' y='2' z='3'/>") == .tooManyAttributes(limit: 2))
        #expect(problem("<a xmlns:x='1' xmlns:y='2'><b xmlns:z='3'/></a>") == .tooManyAttributes(limit: 2))
        #expect(problem("<a>1<b/>2<b/>3<b/></a>") == .tooManyNodes(limit: 5))
        #expect(problem("<a>" + String(repeating: "x", count: 300) + "</a>") == .tooLarge(limit: 200))
    }

    @Test func deepNestingEndsInAMessage() {
        for tag in ["<a>", "<a b='1'>", "<a><b/>"] {
            let text = String(repeating: tag, count: 200_000)
            #expect { try XMLDocument(parsing: text) } throws: { ($0 as? XMLError)?.problem == .tooDeep(limit: 256) }
        }
    }

    // MARK: Any bytes

    private static let sample = Array(
        """
        <?xml version="1.0" encoding="UTF-8"?><!-- é -->
        <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <code code='1' sdtc:x="&#x41;&amp;"/><value xsi:type="PQ" value="1" unit="mg"/><text>a<br/>b<![CDATA[ <c> ]]></text>
        </ClinicalDocument>
        """.utf8)

    @Test func everyTruncationIsReadOrRefused() {
        for length in 0..<Self.sample.count {
            #expect(throws: XMLError.self) { try XMLDocument(parsing: Array(Self.sample[..<length])) }
        }
    }

    @Test func spoiledBytesNeverTrap() {
        var generator = SeededGenerator(state: 29)
        var read = 0
        for _ in 0..<4000 {
            var bytes = Self.sample
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(contentsOf: bytes[place..<min(place + 30, bytes.count)], at: place)
                default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                }
            }
            do {
                let document = try XMLDocument(parsing: bytes)
                read += 1
                for node in document.root.descendants { #expect(node.range.end <= document.bytes.count && node.text.count >= 0) }
            } catch {
                #expect(!error.message.isEmpty && error.offset <= bytes.count * 3)
            }
        }
        #expect(read > 0 && read < 4000)
    }
}
